package io.freehold.api.alert;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A way by which people are told.
 *
 * @param settings what it consists of, its secret left out
 * @param hasSecret whether it has one
 * @param deliveredAt when something was last delivered since Freehold's start; null if nothing was
 * @param problem why the last delivery failed; empty if it did not
 * @param version what changes with its settings and secret
 */
public record AlertChannel(
        UUID id,
        Settings settings,
        boolean hasSecret,
        @Nullable Instant deliveredAt,
        String problem,
        long version) {

    /** How it reaches people. */
    public enum Type {
        /** A CloudEvent as JSON by {@code POST}, signed with the secret. */
        WEBHOOK,
        /** A mail over an SMTP server; the secret is the password. */
        EMAIL,
        /** A message to a topic of an ntfy server; the secret is an access token. */
        NTFY
    }

    /**
     * What a channel consists of.
     *
     * @param url {@code https://…} or {@code http://…}; for mail {@code smtps://host:port}, or
     *     {@code smtp://host:port}, which uses STARTTLS
     * @param username to sign in to the SMTP server with; empty elsewhere and where there is no need
     * @param from the sender of mails; empty elsewhere
     * @param to who gets the mails; empty elsewhere
     * @param events what it tells of
     */
    public record Settings(
            String name, Type type, String url, String username, String from, String to, Set<AlertEvent> events) {
        public Settings {
            events = Set.copyOf(events);
        }
    }
}
