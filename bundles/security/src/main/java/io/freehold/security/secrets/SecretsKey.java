package io.freehold.security.secrets;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The key that stored secrets are encrypted with: of the setting {@code secrets.key}, of the file that
 * {@code secrets.key.file} names, or of {@code data/keys/secrets.key}, which is made at first start.
 */
public final class SecretsKey {
    /** Its file in the folder of keys, and its name in the database. */
    public static final String NAME = "secrets.key";

    private static final String FILE = "secrets.key.file";

    private SecretsKey() {}

    /**
     * @param keys the folder of keys, for the key that is made here
     * @throws FreeholdException with one line for the operator if there is no good key where it should be
     */
    public static byte[] of(Settings settings, KeyFiles keys) {
        Optional<String> given = settings.text(NAME);
        Optional<String> file = settings.text(FILE);
        if (given.isPresent() && file.isPresent()) {
            throw new FreeholdException(
                    ErrorCode.INVALID,
                    "secrets.key (FREEHOLD_SECRETS_KEY) and secrets.key.file (FREEHOLD_SECRETS_KEY_FILE) are both set:"
                            + " set one of them");
        }
        if (given.isPresent()) {
            return KeyFiles.decode("secrets.key (FREEHOLD_SECRETS_KEY)", given.get());
        }
        if (file.isPresent()) {
            Path path = settings.data().resolve(file.get());
            return KeyFiles.existing(path);
        }
        return keys.key(NAME);
    }
}
