package io.freehold.security.hashing;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a password must be, after NIST SP 800-63B-4: long, and not among the first that anybody would try.
 * Nothing is asked of its composition.
 */
public final class PasswordPolicy {
    /** Characters, where the password is all that is asked for. */
    static final int MIN_LENGTH = 15;
    /** Characters, where a second factor is asked for too. */
    static final int MIN_LENGTH_OF_TWO = 8;
    /** Characters; more would only cost time. */
    public static final int MAX_LENGTH = 1024;
    /** A piece of at most this length, repeated, is no password. */
    private static final int MAX_REPEATED = 4;
    /** With so many digits and signs around it, a common word does no harm. */
    private static final int MIN_AROUND = 10;

    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");

    private final Set<String> common = read();

    /** Checks a new password of somebody without a second factor, as {@link #check(String, Secret, String, boolean)}. */
    public void check(String field, Secret password, String username) {
        check(field, password, username, false);
    }

    /**
     * Checks a new password.
     *
     * @param field how the sender named it, for the violation
     * @param secondFactor whether signing in takes one
     * @throws FreeholdException {@code INVALID} naming the field
     */
    public void check(String field, Secret password, String username, boolean secondFactor) {
        if (password.reveal().length() > MAX_LENGTH) {
            throw FreeholdException.invalid(field, "must have at most " + MAX_LENGTH + " characters");
        }
        String text = PasswordHasher.normalized(password);
        int least = secondFactor ? MIN_LENGTH_OF_TWO : MIN_LENGTH;
        if (length(text) < least) {
            throw FreeholdException.invalid(
                    field, "must have at least " + least + " characters; a few unrelated words do well");
        }
        if (text.indexOf('\0') >= 0) {
            throw FreeholdException.invalid(field, "must not contain the character NUL");
        }
        if (easy(text.toLowerCase(Locale.ROOT), username.toLowerCase(Locale.ROOT))) {
            throw FreeholdException.invalid(
                    field, "is too easy to guess: it is a common password, or made of the user's or product's name");
        }
    }

    /** Whether the password is long enough without a second factor. */
    public boolean standsAlone(Secret password) {
        return length(PasswordHasher.normalized(password)) >= MIN_LENGTH;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private boolean easy(String text, String username) {
        Set<String> words = new HashSet<>(common);
        words.add(username);
        String core = AROUND.matcher(text).replaceAll("");
        return repeats(text, piece -> piece.length() <= MAX_REPEATED || words.contains(piece))
                || (text.length() - core.length() < MIN_AROUND && repeats(core, words::contains));
    }

    /** Whether the text is one such piece again and again; the last one may be cut. */
    private static boolean repeats(String text, Predicate<String> such) {
        for (int length = 1; length <= text.length(); length++) {
            String piece = text.substring(0, length);
            if (such.test(piece) && piece.repeat(text.length() / length + 1).startsWith(text)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> read() {
        try (InputStream in = PasswordPolicy.class.getResourceAsStream("common-passwords.txt")) {
            if (in == null) {
                throw new IllegalStateException("common-passwords.txt is not in the bundle");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
