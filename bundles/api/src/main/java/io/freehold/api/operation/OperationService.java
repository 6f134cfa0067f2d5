package io.freehold.api.operation;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.security.Caller;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads and cancels operations. A caller sees the operations that it began itself and those on instances
 * that it may see; what it may not see is {@code NOT_FOUND}.
 */
@ProviderType
public interface OperationService {

    Page<Operation> list(Caller caller, OperationQuery query);

    /**
     * @throws FreeholdException {@code NOT_FOUND}
     */
    Operation get(Caller caller, UUID id);

    /**
     * Completes with the operation when it has ended or the time is up, whichever is first. Occupies no thread.
     *
     * @throws FreeholdException {@code NOT_FOUND}
     */
    CompletionStage<Operation> await(Caller caller, UUID id, Duration patience);

    /**
     * Asks an operation to end. One that waits ends at once; one that runs ends at its next safe point, and
     * may still succeed.
     *
     * @return the operation as it then stands
     * @throws FreeholdException {@code NOT_FOUND}; {@code DENIED}; {@code CONFLICT} if it has ended
     */
    Operation cancel(Caller caller, UUID id);
}
