package io.freehold.api;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * The settings of {@code etc/freehold.cfg} and the environment, as the launcher merged them: the key
 * {@code http.port}, the variable {@code FREEHOLD_HTTP_PORT} and the framework property
 * {@code freehold.http.port} are one setting. They do not change while Freehold runs.
 */
public final class Settings {
    private final Function<String, @Nullable String> source;

    private Settings(Function<String, @Nullable String> source) {
        this.source = source;
    }

    /** The settings of the running framework. */
    public static Settings of(BundleContext context) {
        return new Settings(context::getProperty);
    }

    /** Settings from anything that answers full names such as {@code freehold.http.port}. */
    public static Settings of(Function<String, @Nullable String> source) {
        return new Settings(source);
    }

    /** The setting's text; empty if it is not set or blank. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(source.apply("freehold." + key))
                .map(String::strip)
                .filter(s -> !s.isEmpty());
    }

    /**
     * The setting as a whole number.
     *
     * @throws FreeholdException {@link ErrorCode#INVALID} naming the setting if it is not one in the range
     */
    public int integer(String key, int fallback, int min, int max) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for both
        }
        throw FreeholdException.invalid(key, "'" + text.get() + "' is not a whole number from " + min + " to " + max);
    }

    /** The setting as a yes or no; only {@code true} means yes. */
    public boolean flag(String key) {
        return text(key).map(Boolean::parseBoolean).orElse(false);
    }

    /** The folder that holds everything Freehold keeps: database, keys, socket. */
    public Path data() {
        return Path.of(text("data").orElse("data")).toAbsolutePath().normalize();
    }
}
