package io.freehold.rest.resource;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.rest.jersey.PreconditionRequired;
import org.jspecify.annotations.Nullable;

/** Versions of configuration in {@code ETag} and {@code If-Match}, so that nobody overwrites what they have not seen. */
final class Versions {
    private Versions() {}

    static String tag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that a change is based on.
     *
     * @throws PreconditionRequired without the header
     * @throws FreeholdException {@code STALE} if it names no version of ours
     */
    static long required(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new PreconditionRequired();
        }
        String tag = ifMatch.strip();
        try {
            if (tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"")) {
                return Long.parseLong(tag.substring(1, tag.length() - 1));
            }
        } catch (NumberFormatException e) {
            // falls through: it is nothing that we ever answered
        }
        throw new FreeholdException(ErrorCode.STALE, "If-Match must be the ETag of the present version.");
    }
}
