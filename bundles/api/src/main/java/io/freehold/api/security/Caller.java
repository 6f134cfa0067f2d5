package io.freehold.api.security;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for something, and from where. Passed explicitly to every service; made by the
 * {@link Authenticator} alone.
 *
 * @param name the user's name, for people
 * @param sessionId the session, if there is one
 */
public record Caller(
        Principal principal, String name, @Nullable UUID sessionId, Origin origin) {

    /** Freehold itself, in the course of the given request or work. */
    public static Caller core(String requestId) {
        return new Caller(Principal.CORE, "freehold", null, new Origin("local", requestId));
    }
}
