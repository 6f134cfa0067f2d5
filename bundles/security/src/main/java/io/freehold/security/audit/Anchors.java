package io.freehold.security.audit;

import io.freehold.api.FreeholdException;
import io.freehold.api.audit.AuditCheckpoint;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditListener;
import io.freehold.api.audit.AuditLog.Verification;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.storage.Transactions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the head of the log to where the database's owner may not reach: a file and, if there is one, a web
 * address. A tail that is cut off later, or an older database that is put back, does not fit it.
 */
public final class Anchors implements AuditListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Anchors.class);
    private static final int ENTRIES = 1_000;
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final AuditTrail trail;
    private final AnchorFile file;
    private final Signer signer;
    private final AnchorVerifier verifier;
    private final AtomicInteger since = new AtomicInteger();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "freehold-audit-anchors");
        made.setDaemon(true);
        return made;
    });
    private final @Nullable AnchorRelay relay;
    private @Nullable ScheduledFuture<?> ticking;
    private @Nullable Head last;
    private boolean failing;

    /**
     * Makes the anchors; nothing is written before {@link #start}.
     *
     * @param segments where old entries are, and what signs
     * @param file where checkpoints are added
     * @param post where they are sent as well, if anywhere
     */
    public Anchors(
            Transactions transactions, AuditTrail trail, Segments segments, Path file, @Nullable AnchorPost post) {
        this.transactions = transactions;
        this.trail = trail;
        this.file = new AnchorFile(file);
        this.signer = segments.signer();
        this.verifier = new AnchorVerifier(this.file, signer, segments);
        this.relay = post == null ? null : new AnchorRelay(post, thread);
    }

    /** Compares the database with the last checkpoint, says so if it does not fit, and anchors from now on. */
    public synchronized void start() {
        try {
            Optional<AuditCheckpoint> anchor = file.last();
            last = anchor.map(one -> new Head(one.sequence(), one.hash())).orElse(null);
            anchor.ifPresent(this::postAgain);
            anchor.flatMap(one -> transactions.read(connection -> verifier.mismatch(connection, one)))
                    .ifPresent(what -> alarm(Caller.core("audit-start"), what));
        } catch (IOException e) {
            LOG.error("The anchors of the audit log in {} cannot be read: {}", file.path(), e.getMessage());
        }
        ticking = thread.scheduleWithFixedDelay(
                this::anchor, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** It may not have been taken before the stop; twice does no harm. */
    private void postAgain(AuditCheckpoint anchor) {
        if (relay != null) {
            thread.execute(() -> relay.offer(AnchorFile.line(anchor)));
        }
    }

    @Override
    public void recorded(AuditEntry entry) {
        if (since.incrementAndGet() == ENTRIES) {
            try {
                thread.execute(this::anchor);
            } catch (RejectedExecutionException e) {
                LOG.debug("The anchors are closed; entry {} comes with the next start.", entry.sequence());
            }
        }
    }

    /** Signs the state at an entry. */
    AuditCheckpoint sign(long sequence, String hash) {
        return signer.sign(sequence, hash);
    }

    /** What the anchors add to what walking the chain found. */
    Verification verify(Connection connection, Verification chain) throws SQLException {
        return verifier.verify(connection, chain);
    }

    /** Records that the log is not what it was; says so in Freehold's own log, too. */
    void alarm(Caller caller, String what) {
        LOG.error("The audit log was tampered with, or an older database put back: {}", what);
        try {
            trail.record(caller, "audit.verify", "audit", Outcome.FAILURE, what);
        } catch (FreeholdException e) {
            LOG.error("That could not be recorded: {}", e.getMessage());
        }
    }

    /** Anchors the head if it has moved; what fails is tried again the next time. */
    synchronized void anchor() {
        try {
            since.set(0);
            Head head = transactions.read(Head::read);
            if (head.sequence() == 0 || head.equals(last)) {
                return;
            }
            AuditCheckpoint checkpoint = signer.sign(head.sequence(), head.hash());
            file.append(checkpoint);
            last = head;
            if (relay != null) {
                relay.offer(AnchorFile.line(checkpoint));
            }
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.warn(
                        "The head of the audit log cannot be anchored (file {}); it is tried every minute: {}",
                        file.path(),
                        e.getMessage());
            }
        }
    }

    /** Anchors the last entries and ends. */
    @Override
    public void close() {
        if (ticking != null) {
            ticking.cancel(false);
        }
        thread.shutdownNow();
        anchor();
        if (relay != null) {
            relay.finish();
        }
    }
}
