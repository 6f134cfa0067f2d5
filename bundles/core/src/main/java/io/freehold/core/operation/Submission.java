package io.freehold.core.operation;

import io.freehold.api.security.Caller;
import io.freehold.core.project.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operation that somebody may begin and wants begun.
 *
 * @param instanceId the instance, or the id of the one that is to be created
 * @param arguments what finishing it after a crash takes; never a secret
 * @param detail for the audit log
 * @param claim of an instance that is to be created in a project: what it counts for
 * @param alongside what is stored in the same transaction
 * @param limit how long it may take
 * @param exclusive whether it keeps others from the instance, and waits for none of its backend's others
 */
public record Submission(
        Caller caller,
        String action,
        UUID backendId,
        UUID instanceId,
        @Nullable UUID projectId,
        Map<String, Object> arguments,
        String detail,
        @Nullable IdempotencyKey key,
        @Nullable Claim claim,
        Alongside alongside,
        Duration limit,
        boolean exclusive,
        Work work) {
    public static final Alongside NOTHING_ELSE = connection -> {};

    /** What is stored with an operation. */
    @FunctionalInterface
    public interface Alongside {
        void store(Connection connection) throws SQLException;
    }
}
