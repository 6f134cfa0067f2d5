package io.freehold.api.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One step in the life of an owner's tables. Never edit one that was released: add another.
 *
 * @param version counts up from 1 without gaps
 * @param name what it does, such as {@code 001-users}
 * @param sql statements that SQLite and PostgreSQL both understand, separated by {@code ;} at the end of a line
 */
public record Migration(int version, String name, String sql) {

    /**
     * Reads {@code /migrations/NNN-name.sql} from the bundle of the given class.
     *
     * @throws IllegalArgumentException if there is no such file or its name does not begin with a number
     */
    public static Migration of(Class<?> owner, String name) {
        String path = "/migrations/" + name + ".sql";
        try (InputStream in = owner.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("No " + path + " beside " + owner.getName());
            }
            return new Migration(
                    Integer.parseInt(name.substring(0, name.indexOf('-'))),
                    name,
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
