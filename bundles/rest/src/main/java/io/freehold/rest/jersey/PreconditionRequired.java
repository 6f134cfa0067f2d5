package io.freehold.rest.jersey;

/** A change of configuration came without {@code If-Match} (RFC 6585, 428). */
public final class PreconditionRequired extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PreconditionRequired() {
        super("If-Match is required.");
    }
}
