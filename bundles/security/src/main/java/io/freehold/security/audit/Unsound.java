package io.freehold.security.audit;

/** Something about the sealed part of the log is not as it was left. */
final class Unsound extends Exception {
    private static final long serialVersionUID = 1L;

    private final long at;

    /**
     * @param at the sequence number of the first entry that cannot be relied on
     * @param message one sentence for people that names the segment
     */
    Unsound(long at, String message) {
        super(message);
        this.at = at;
    }

    long at() {
        return at;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
