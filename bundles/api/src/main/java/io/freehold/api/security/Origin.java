package io.freehold.api.security;

/**
 * Where a request came from.
 *
 * @param source the address of the client, or {@code local} for the admin socket
 * @param requestId the id in its answer, its log lines and its audit entries
 */
public record Origin(String source, String requestId) {}
