package io.freehold.security.auth;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an installation decides about signing in.
 *
 * @param times how long sessions last
 * @param legacy for how long a password that came with another program's hash may be used to sign in
 * @param totpRoles the ids of the roles that take a second factor
 */
public record AuthSettings(SessionTimes times, Duration legacy, Set<String> totpRoles) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(3650);

    public AuthSettings {
        totpRoles = Set.copyOf(totpRoles);
    }

    /**
     * Reads them.
     *
     * @throws FreeholdException {@code INVALID} naming the setting
     */
    public static AuthSettings of(Settings settings) {
        Duration idle = duration(settings, "session.idle", Duration.ofDays(7));
        Duration absolute = duration(settings, "session.absolute", Duration.ofDays(30));
        if (idle.compareTo(absolute) > 0) {
            throw FreeholdException.invalid("session.idle", "must not be longer than session.absolute");
        }
        Set<String> roles = settings.text("totp.required.roles")
                .map(text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(role -> !role.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
        return new AuthSettings(
                new SessionTimes(idle, absolute),
                duration(settings, "legacy.hashes.expire", Duration.ofDays(90)),
                roles);
    }

    private static Duration duration(Settings settings, String key, Duration fallback) {
        String text = settings.text(key).orElse("");
        if (text.isEmpty()) {
            return fallback;
        }
        Matcher parts = DURATION.matcher(text);
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
