package io.freehold.core.instance;

import io.freehold.api.FreeholdException;
import io.freehold.api.provider.PauseControl;
import io.freehold.api.provider.PowerControl;
import io.freehold.api.provider.Provisioning;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done with an instance, the permission that it takes and the capability that does it. */
enum Action {
    START,
    STOP,
    RESTART,
    KILL,
    PAUSE,
    RESUME,
    DELETE;

    Permission permission() {
        return switch (this) {
            case START -> Permissions.INSTANCE_START;
            case STOP -> Permissions.INSTANCE_STOP;
            case RESTART -> Permissions.INSTANCE_RESTART;
            case KILL -> Permissions.INSTANCE_KILL;
            case PAUSE -> Permissions.INSTANCE_PAUSE;
            case RESUME -> Permissions.INSTANCE_RESUME;
            case DELETE -> Permissions.INSTANCE_DELETE;
        };
    }

    Class<?> capability() {
        return switch (this) {
            case START, STOP, RESTART, KILL -> PowerControl.class;
            case PAUSE, RESUME -> PauseControl.class;
            case DELETE -> Provisioning.class;
        };
    }

    /** Whether it waits for the instance before it acts, and so takes {@code timeoutSeconds}. */
    boolean hasGrace() {
        return this == STOP || this == RESTART;
    }

    /** Whether it keeps other operations away from the instance while it runs. */
    boolean isExclusive() {
        return this != KILL;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action that a request names; deleting has a request of its own. */
    static Optional<Action> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action != DELETE && action.word().equals(word))
                .findFirst();
    }

    static FreeholdException unknown(String word) {
        return FreeholdException.invalid(
                "action", "'" + word + "' is not one of start, stop, restart, kill, pause, resume");
    }
}
