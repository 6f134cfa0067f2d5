package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.security.secrets.KeyFiles;
import io.freehold.security.support.Hashes;
import io.freehold.security.support.Randoms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The file with the token that guards the first start, for as long as there is no administrator. */
final class SetupToken {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}\n");

    private final Path file;

    SetupToken(Path file) {
        this.file = file;
    }

    /** Makes a token unless there is one that nobody else could have read or written. */
    void create(Randoms randoms) {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || !sound()) {
                KeyFiles.write(file, randoms.token() + "\n");
            }
        } catch (IOException e) {
            throw new FreeholdException(
                    ErrorCode.INTERNAL, "The setup token " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private boolean sound() throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && KeyFiles.isPrivate(file)
                && FORM.matcher(Files.readString(file)).matches();
    }

    /** Whether it is the token; never while there is none. */
    boolean is(Secret token) {
        try {
            return Files.exists(file) && Hashes.same(Files.readString(file).strip(), token.reveal());
        } catch (IOException e) {
            throw new FreeholdException(ErrorCode.UNAVAILABLE, "The setup token cannot be read.", e);
        }
    }

    /** Removes the token. */
    void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
