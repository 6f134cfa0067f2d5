package io.freehold.rest.idempotency;

import io.freehold.api.FreeholdException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code Idempotency-Key}. */
public final class IdempotencyKey {
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private IdempotencyKey() {}

    /**
     * The key; null for none.
     *
     * @throws FreeholdException {@code INVALID} if it is too long or not of printable ASCII characters
     */
    public static @Nullable String of(@Nullable String header) {
        if (header == null) {
            return null;
        }
        if (!FORM.matcher(header).matches()) {
            throw FreeholdException.invalid("Idempotency-Key", "must be 1 to 200 printable ASCII characters");
        }
        return header;
    }
}
