package io.freehold.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * The settings of {@code etc/freehold.cfg} and the environment, as the launcher merged them: the key
 * {@code http.port}, the variable {@code FREEHOLD_HTTP_PORT} and the framework property
 * {@code freehold.http.port} are one setting. They do not change while Freehold runs.
 */
public final class Settings {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");

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

    /**
     * The setting as a time such as {@code 30s}, {@code 15m}, {@code 12h} or {@code 7d}.
     *
     * @throws FreeholdException {@link ErrorCode#INVALID} naming the setting if it is not one in the range
     */
    public Duration duration(String key, Duration fallback, Duration min, Duration max) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return fallback;
        }
        Matcher parts = DURATION.matcher(text.get());
        if (parts.matches()) {
            long count = Long.parseLong(parts.group(1));
            Duration value =
                    switch (parts.group(2)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    };
            if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                return value;
            }
        }
        throw FreeholdException.invalid(
                key,
                "'" + text.get() + "' is not a time from " + shortly(min) + " to " + shortly(max)
                        + ", such as 30s, 15m, 12h or 7d");
    }

    private static String shortly(Duration time) {
        Duration days = Duration.ofDays(time.toDays());
        return time.equals(days) ? time.toDays() + "d" : time.toSeconds() + "s";
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
