package io.freehold.core.operation;

import io.freehold.api.FreeholdException;
import io.freehold.core.util.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What makes a repeated request answer the first operation.
 *
 * @param key the caller's own text
 * @param requestHash SHA-256 of the request, 64 hexadecimal digits
 */
public record IdempotencyKey(String key, String requestHash) {

    /**
     * The key of a request; null if it has none.
     *
     * @param request everything that tells it from another
     * @throws FreeholdException {@code INVALID} naming {@code Idempotency-Key}
     */
    public static @Nullable IdempotencyKey of(@Nullable String key, Map<String, ?> request, Json json) {
        if (key == null) {
            return null;
        }
        if (key.isBlank() || key.length() > 255) {
            throw FreeholdException.invalid("Idempotency-Key", "must be 1 to 255 characters");
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(json.write(request).getBytes(StandardCharsets.UTF_8));
            return new IdempotencyKey(key, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
