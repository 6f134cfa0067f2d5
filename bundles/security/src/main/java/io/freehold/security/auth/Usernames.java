package io.freehold.security.auth;

import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names and addresses of users look like. */
final class Usernames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    /** An address is proven by a message that arrives, so this only catches slips. */
    private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,189}");

    private Usernames() {}

    /** Under which a name is found: names that differ only in case are one. */
    static String key(String username) {
        return username.toLowerCase(Locale.ROOT);
    }

    /** Whether a user can have that name; what is typed into the sign-in form may be anything, and of any length. */
    static boolean possible(String username) {
        return NAME.matcher(username).matches();
    }

    /**
     * Checks what a new user is to be called and where to be reached.
     *
     * @throws FreeholdException {@code INVALID} naming {@code username} or {@code email}, or both
     */
    static void check(String username, @Nullable String email) {
        List<Violation> violations = new ArrayList<>();
        if (!possible(username)) {
            violations.add(
                    new Violation(
                            "username",
                            "must have 1 to 64 characters, letters a to z, digits and . _ @ -, and begin with a letter or digit"));
        }
        if (email != null && !EMAIL.matcher(email).matches()) {
            violations.add(new Violation("email", "is not an e-mail address"));
        }
        if (!violations.isEmpty()) {
            throw FreeholdException.invalid(violations);
        }
    }

    /**
     * Checks an address; null is none.
     *
     * @throws FreeholdException {@code INVALID} naming {@code email}
     */
    static void checkEmail(@Nullable String email) {
        check("somebody", email);
    }
}
