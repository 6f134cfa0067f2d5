package io.freehold.core.operation;

import io.freehold.api.FreeholdException;
import io.freehold.core.backend.Connection;

/** What an operation does, on a thread of its own. */
@FunctionalInterface
public interface Work {

    /**
     * Does it; returning means success.
     *
     * @throws FreeholdException why it failed, or {@code CANCELLED}
     */
    void run(Connection connection, Execution execution);
}
