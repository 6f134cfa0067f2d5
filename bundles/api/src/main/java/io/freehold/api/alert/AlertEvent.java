package io.freehold.api.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an alert is about. */
public enum AlertEvent {
    /** Many sign-ins failed, for one account or from one source. */
    GUESSING,
    /** Somebody signed in from where they never did before. */
    NEW_PLACE,
    /** A refresh token was used a second time: somebody has a copy. */
    TOKEN_REPLAY,
    /** Somebody was refused many different things. */
    MASS_DENIAL,
    /** Administrators were made or unmade, or a role was changed. */
    PRIVILEGE_CHANGE,
    /** The audit log is not what it was. */
    AUDIT_TAMPERING;

    /** Its name in the API: {@code token-replay}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The event of that name. */
    public static Optional<AlertEvent> of(String id) {
        return Arrays.stream(values()).filter(event -> event.id().equals(id)).findFirst();
    }
}
