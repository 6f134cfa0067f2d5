package io.freehold.security.support;

import io.freehold.api.FreeholdException;
import java.text.Normalizer;
import java.util.Locale;

/** Names that people give to roles, groups and projects. */
public final class Names {
    private static final int LONGEST = 100;

    private Names() {}

    /**
     * The name without space around it.
     *
     * @throws FreeholdException {@code INVALID} naming {@code name}
     */
    public static String check(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty()
                || stripped.length() > LONGEST
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw FreeholdException.invalid("name", "must be 1 to " + LONGEST + " characters");
        }
        return stripped;
    }

    /** Under which a name is found: names that differ only in case, or in how they are encoded, are one. */
    public static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
