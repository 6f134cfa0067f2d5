package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import java.util.Locale;

/**
 * Who acts. Written {@code user:{id}}, {@code group:{id}}, {@code token:{id}} or {@code system:{name}}.
 *
 * @param type what it is
 * @param id a UUID, or for {@code SYSTEM} a name: {@code owner} is who owns the data folder, {@code core}
 *     Freehold itself
 */
public record Principal(Type type, String id) {
    /** Whoever owns the data folder and so may do everything, over the admin socket alone. */
    public static final Principal OWNER = new Principal(Type.SYSTEM, "owner");
    /** Freehold itself, doing what nobody asked for: recovery, reconciling. */
    public static final Principal CORE = new Principal(Type.SYSTEM, "core");
    /** Nobody yet: somebody who has not signed in. */
    public static final Principal ANONYMOUS = new Principal(Type.SYSTEM, "anonymous");

    /** What a principal is. */
    public enum Type {
        USER,
        GROUP,
        TOKEN,
        SYSTEM;

        String prefix() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads {@code user:{id}}.
     *
     * @throws FreeholdException {@code INVALID} naming {@code principal} if it is not of that form
     */
    public static Principal parse(String text) {
        int colon = text.indexOf(':');
        for (Type type : Type.values()) {
            if (colon > 0
                    && colon < text.length() - 1
                    && text.substring(0, colon).equals(type.prefix())) {
                return new Principal(type, text.substring(colon + 1));
            }
        }
        throw FreeholdException.invalid("principal", "must be user:{id}, group:{id} or token:{id}");
    }

    @Override
    public String toString() {
        return type.prefix() + ":" + id;
    }
}
