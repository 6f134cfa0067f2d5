package io.freehold.security.hashing;

import io.freehold.api.FreeholdException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A password hash that another program made. Accepted are bcrypt, the encoded form of Argon2, and SHA-256 with
 * the fixed suffix of a portal for Proxmox; nothing that would cost too much to check.
 *
 * @param form what it is
 * @param text without the prefix that says so
 */
record ForeignHash(Form form, String text) {
    /** Checking a password against a hash of cost 14 takes about a second. */
    private static final int MAX_BCRYPT_COST = 14;

    private static final int MIN_BCRYPT_COST = 4;
    /** Of which one is checked at a time. */
    private static final int MAX_ARGON2_KIB = 128 * 1024;

    private static final int MAX_ARGON2_PASSES = 16;
    private static final int MAX_ARGON2_LANES = 16;

    private static final Pattern PREFIX = Pattern.compile("\\{(?:bcrypt|argon2(?:@SpringSecurity_v5_8)?)\\}");
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final Pattern ARGON2 =
            Pattern.compile("\\$argon2(?:id|i|d)(?:\\$v=(?:16|19))?\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})"
                    + "\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{16,86}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** The forms. */
    enum Form {
        BCRYPT,
        ARGON2,
        SHA256
    }

    /**
     * Reads one.
     *
     * @param field how the sender named it, for the violation
     * @throws FreeholdException {@code INVALID} naming the field
     */
    static ForeignHash parse(String field, String given) {
        Matcher prefix = PREFIX.matcher(given);
        String hash = prefix.lookingAt() ? given.substring(prefix.end()) : given;
        Matcher bcrypt = BCRYPT.matcher(hash);
        if (bcrypt.matches()) {
            requireRange(field, "a bcrypt cost", bcrypt.group(1), MIN_BCRYPT_COST, MAX_BCRYPT_COST);
            return new ForeignHash(Form.BCRYPT, hash);
        }
        Matcher argon2 = ARGON2.matcher(hash);
        if (argon2.matches()) {
            int lanes = requireRange(field, "p of Argon2", argon2.group(3), 1, MAX_ARGON2_LANES);
            requireRange(field, "m of Argon2", argon2.group(1), 8 * lanes, MAX_ARGON2_KIB);
            requireRange(field, "t of Argon2", argon2.group(2), 1, MAX_ARGON2_PASSES);
            // The first version did not say which it was.
            return new ForeignHash(
                    Form.ARGON2, hash.contains("$v=") ? hash : hash.replaceFirst("\\$m=", "\\$v=16\\$m="));
        }
        if (SHA256.matcher(hash).matches()) {
            return new ForeignHash(Form.SHA256, hash.toLowerCase(Locale.ROOT));
        }
        throw FreeholdException.invalid(
                field, "must be a hash of bcrypt ($2b$…), Argon2 ($argon2id$…) or SHA-256 (64 hexadecimal digits)");
    }

    private static int requireRange(String field, String what, String text, int min, int max) {
        int value = Integer.parseInt(text);
        if (value < min || value > max) {
            throw FreeholdException.invalid(
                    field, what + " must be from " + min + " to " + max + "; give this user a new password instead");
        }
        return value;
    }
}
