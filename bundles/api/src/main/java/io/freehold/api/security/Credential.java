package io.freehold.api.security;

import io.freehold.api.Secret;

/** What a client shows to say who it is. */
public sealed interface Credential {

    /** The token of an {@code Authorization: Bearer} header or of a cookie: an access token or an API token. */
    record Bearer(Secret token) implements Credential {}

    /**
     * A one-time ticket from {@link SessionService#ticket}.
     *
     * @param path the path that the client opens with it
     */
    record Ticket(Secret ticket, String path) implements Credential {}
}
