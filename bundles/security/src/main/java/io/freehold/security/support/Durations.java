package io.freehold.security.support;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times in settings: a number and a unit, such as {@code 30m}, {@code 12h} or {@code 7d}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Durations() {}

    /**
     * The time; empty if the setting is not set.
     *
     * @throws FreeholdException {@code INVALID} naming the setting if it is none, or out of range
     */
    public static Optional<Duration> of(Settings settings, String key) {
        return settings.text(key).map(text -> parse(key, text));
    }

    private static Duration parse(String key, String text) {
        Matcher parts = FORM.matcher(text);
        if (parts.matches()) {
            long count = Long.parseLong(parts.group(1));
            Duration duration =
                    switch (parts.group(2)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    };
            if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        throw FreeholdException.invalid(key, "'" + text + "' is not a time from 10s to 3650d, such as 30m, 12h or 7d");
    }
}
