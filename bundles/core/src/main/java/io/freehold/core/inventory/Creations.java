package io.freehold.core.inventory;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The instances that Freehold is creating, or began to create and does not know the end of, by their tokens.
 * An instance that turns up with one of these tokens is Freehold's own. Thread-safe.
 */
public final class Creations {
    private final Map<String, Creation> expected = new ConcurrentHashMap<>();

    /** A creation: where, and for which project. The token is the new instance's id. */
    private record Creation(UUID backendId, @Nullable UUID projectId) {}

    /** From now on the token is recognised. */
    public void expect(UUID token, UUID backendId, @Nullable UUID projectId) {
        expected.put(token.toString(), new Creation(backendId, projectId));
    }

    /** The token is not recognised any more. */
    public void forget(UUID token) {
        expected.remove(token.toString());
    }

    /** The identity of what turned up with this token on this backend; empty if nobody waits for it. */
    Optional<Identity> recognise(@Nullable String token, UUID backendId) {
        if (token == null) {
            return Optional.empty();
        }
        Creation creation = expected.get(token);
        return creation == null || !creation.backendId().equals(backendId)
                ? Optional.empty()
                : Optional.of(new Identity(UUID.fromString(token), creation.projectId(), true));
    }
}
