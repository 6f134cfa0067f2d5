package io.freehold.api.audit;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.security.Caller;
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
     * Reads the log.
     *
     * @throws FreeholdException {@code DENIED}
     */
    Page<AuditEntry> list(Caller caller, AuditQuery query);

    /**
     * Walks the whole chain.
     *
     * @throws FreeholdException {@code DENIED}
     */
    Verification verify(Caller caller);

    /**
     * What walking the chain found.
     *
     * @param entries how many entries were found in order
     * @param head the hash of the last of them; zeros if there is none
     * @param brokenAt the sequence number of the first entry that is wrong or missing; 0 if all is well
     * @param message what is wrong there; empty if all is well
     */
    record Verification(boolean ok, long entries, String head, long brokenAt, String message) {}
}
