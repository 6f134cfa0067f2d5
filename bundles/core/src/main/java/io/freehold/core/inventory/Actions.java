package io.freehold.core.inventory;

import io.freehold.api.instance.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What can be done with an instance, from its state and what its backend can do. */
final class Actions {
    private Actions() {}

    static List<String> of(State state, Set<String> capabilities) {
        List<String> actions = new ArrayList<>();
        if (capabilities.contains("PowerControl")) {
            switch (state) {
                case STOPPED, FAILED -> actions.add("start");
                case STARTING -> actions.addAll(List.of("stop", "kill"));
                case RUNNING -> actions.addAll(List.of("stop", "restart", "kill"));
                case STOPPING, PAUSED -> actions.add("kill");
                case UNKNOWN -> {}
            }
        }
        if (capabilities.contains("PauseControl")) {
            if (state == State.RUNNING) {
                actions.add("pause");
            } else if (state == State.PAUSED) {
                actions.add(0, "resume");
            }
        }
        if (capabilities.contains("Provisioning")) {
            actions.add("delete");
        }
        return List.copyOf(actions);
    }
}
