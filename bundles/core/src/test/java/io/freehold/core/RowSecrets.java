package io.freehold.core;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Hides secrets from the eye and binds them to their row; that is all that a test needs. */
final class RowSecrets implements Secrets {
    @Override
    public String seal(Secret secret, String row) {
        return Base64.getEncoder().encodeToString((row + "\n" + secret.reveal()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Secret open(String text, String row) {
        String[] parts = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).split("\n", 2);
        if (!parts[0].equals(row)) {
            throw new FreeholdException(ErrorCode.INTERNAL, "The secret was moved.");
        }
        return Secret.of(parts[1]);
    }
}
