package io.freehold.security.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts the newest checkpoint, again and again with growing pauses until it is taken or there is a newer one. */
final class AnchorRelay {
    private static final Logger LOG = LoggerFactory.getLogger(AnchorRelay.class);
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMinutes(1));

    private final AnchorPost post;
    private final ScheduledExecutorService thread;
    private @Nullable String waiting;
    private @Nullable Future<?> next;
    private int failures;

    AnchorRelay(AnchorPost post, ScheduledExecutorService thread) {
        this.post = post;
        this.thread = thread;
    }

    /** Takes a checkpoint's line; while the address fails, it goes with the next attempt instead of the one before. */
    synchronized void offer(String checkpoint) {
        waiting = checkpoint;
        if (failures == 0) {
            attempt();
        }
    }

    /** Posts what still waits one last time. */
    synchronized void finish() {
        if (next != null) {
            next.cancel(false);
        }
        attempt();
    }

    private synchronized void attempt() {
        String line = waiting;
        if (line == null) {
            return;
        }
        try {
            post.send(line);
            waiting = null;
            if (failures > 0) {
                LOG.info("The address of audit.anchor.url takes the head of the audit log again.");
            }
            failures = 0;
        } catch (IOException e) {
            if (failures == 0) {
                LOG.warn("The head of the audit log cannot be posted; it is tried again: {}", e.getMessage());
            }
            later(PAUSES.get(Math.min(failures, PAUSES.size() - 1)));
            failures++;
        }
    }

    private void later(Duration pause) {
        try {
            next = thread.schedule(this::attempt, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The anchors are closed; the last one is posted after the next start.");
        }
    }
}
