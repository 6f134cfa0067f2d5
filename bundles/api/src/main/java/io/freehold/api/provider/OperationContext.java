package io.freehold.api.provider;

import io.freehold.api.FreeholdException;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** The operation that a capability works for. Usable from any thread until the call returns. */
@ProviderType
public interface OperationContext {

    /**
     * Says how far the work is.
     *
     * @param percent 0 to 100; going back is ignored
     * @param message what is being done, for people
     */
    void progress(int percent, String message);

    /** Adds a line to the operation's log, such as what an image pull prints. */
    void log(String line);

    /**
     * Call it where the work can be left off safely.
     *
     * @throws FreeholdException {@code CANCELLED} if the operation was asked to end: let it pass
     */
    void checkCancelled();

    /** When the operation will be given up. */
    Instant deadline();
}
