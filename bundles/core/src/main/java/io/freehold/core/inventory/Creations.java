package io.freehold.core.inventory;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The instances that Freehold is creating, or began to create and does not know the end of, by the tokens
 * that they carry. A token names this installation and the id that the instance gets: so what is nobody's
 * in the inventory, because its backend was removed and added again, is still known as Freehold's own, and
 * what another Freehold created on the same engine is not. Thread-safe.
 */
public final class Creations {
    private final Map<String, Creation> expected = new ConcurrentHashMap<>();
    private final String installation;

    /** A creation: which instance, where, and for which project. */
    private record Creation(
            UUID id, UUID backendId, @Nullable UUID projectId) {}

    /**
     * @param installation tells this Freehold from any other
     */
    public Creations(UUID installation) {
        this.installation = "." + installation;
    }

    /** What an instance is marked with when it is created. */
    public String token(UUID instanceId) {
        return instanceId + installation;
    }

    /** From now on what carries the token of this instance is that instance. */
    public void expect(UUID instanceId, UUID backendId, @Nullable UUID projectId) {
        expected.put(token(instanceId), new Creation(instanceId, backendId, projectId));
    }

    /** The instance is not expected any more. */
    public void forget(UUID instanceId) {
        expected.remove(token(instanceId));
    }

    /** Whether an instance that carries this was created by this Freehold, or is a copy of one. */
    boolean isOwn(@Nullable String token) {
        return token != null && token.endsWith(installation);
    }

    /** The identity of what turned up with this token on this backend; empty if nobody waits for it. */
    Optional<Identity> recognise(@Nullable String token, UUID backendId) {
        Creation creation = token == null ? null : expected.get(token);
        return creation == null || !creation.backendId().equals(backendId)
                ? Optional.empty()
                : Optional.of(new Identity(creation.id(), creation.projectId(), true));
    }
}
