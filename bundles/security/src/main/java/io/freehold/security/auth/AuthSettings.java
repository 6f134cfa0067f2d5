package io.freehold.security.auth;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.security.support.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an installation decides about signing in.
 *
 * @param times how long sessions last
 * @param legacy for how long a password that came with another program's hash may be used to sign in
 * @param totpRoles the ids of the roles that take a second factor
 */
public record AuthSettings(SessionTimes times, Duration legacy, Set<String> totpRoles) {
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
        return Durations.of(settings, key).orElse(fallback);
    }
}
