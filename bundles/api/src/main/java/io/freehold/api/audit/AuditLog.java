package io.freehold.api.audit;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.security.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The hash-chained record of every write and every security event. Entries are only ever added.
 */
@ProviderType
public interface AuditLog {

    /**
     * Records something. Inside {@code Transactions.write} the entry commits with the change that it
     * records; elsewhere it is durable when this returns.
     *
     * @param action such as {@code instance.start}
     * @param resource what it was done to, such as {@code instances/…}
     * @param detail more, for people, never a secret; may be empty
     * @throws FreeholdException {@code UNAVAILABLE} if it cannot be recorded: the caller must then refuse
     */
    void record(Caller caller, String action, String resource, Outcome outcome, String detail);

    /**
     * Reads the log, without what was sealed for its age; that is in exports.
     *
     * @throws FreeholdException {@code DENIED}
     */
    Page<AuditEntry> list(Caller caller, AuditQuery query);

    /**
     * Walks the whole chain, the sealed segments first, and compares it with the checkpoints that were anchored outside of the database.
     *
     * @throws FreeholdException {@code DENIED}
     */
    Verification verify(Caller caller);

    /**
     * Makes an export of the log, which is recorded.
     *
     * @param from the time at or after which its first entry was recorded; null: it begins with what there is of the log
     * @param to the time before which its last entry was recorded; null: it ends with the log
     * @throws FreeholdException {@code DENIED}
     */
    AuditExport export(Caller caller, @Nullable Instant from, @Nullable Instant to);

    /**
     * What walking the chain found.
     *
     * @param entries how many entries were found in order
     * @param head the hash of the last of them; zeros if there is none
     * @param brokenAt the sequence number of the first entry that is wrong or missing; 0 if all is well
     * @param message what is wrong there; empty if all is well
     * @param anchors how many checkpoints from outside of the database were compared
     * @param segments how many files of sealed entries were read
     */
    record Verification(
            boolean ok, long entries, String head, long brokenAt, String message, long anchors, long segments) {}
}
