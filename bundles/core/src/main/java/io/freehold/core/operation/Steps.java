package io.freehold.core.operation;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.PauseControl;
import io.freehold.api.provider.PowerControl;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.Provisioning;
import io.freehold.core.admission.Admitted;
import io.freehold.core.backend.Connection;
import io.freehold.core.inventory.Inventory;
import io.freehold.core.util.Timings;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operations do with instances. Each ends by asking the backend how the instance is now, so that the
 * inventory shows it before the operation has ended.
 */
public final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);
    /** So often is the answer put aside because something newer was heard, before it is taken all the same. */
    private static final int OVERTAKEN = 5;

    private static final int ASKED = 4;

    private final Inventory inventory;
    private final Timings timings;

    public Steps(Inventory inventory, Timings timings) {
        this.inventory = inventory;
        this.timings = timings;
    }

    /**
     * Starts, stops, …, deletes.
     *
     * @param grace for stopping and restarting: how long to wait before killing
     */
    public Work act(String action, NativeId id, Duration grace) {
        return (connection, execution) -> {
            try {
                perform(action, id, grace, connection, execution);
            } catch (FreeholdException e) {
                lookAfterFailure(connection, id);
                throw e;
            }
            Optional<ObservedInstance> now = look(connection, id);
            if (now.isEmpty() && !"delete".equals(action)) {
                throw new ProviderException(ErrorCode.NOT_FOUND, "The instance is gone; somebody else deleted it.");
            }
        };
    }

    /** Creates, and then starts if that was asked for. An instance that does not start stays, stopped. */
    public Work create(Admitted admitted, boolean start) {
        return (connection, execution) -> {
            NativeId id = connection.use(
                    Provisioning.class,
                    execution.remaining(),
                    provisioning -> provisioning.create(admitted.checked(provisioning), execution));
            Optional<ObservedInstance> observed = look(connection, id);
            adopt(connection, id, execution);
            if (observed.isEmpty()) {
                throw new ProviderException(
                        ErrorCode.NOT_FOUND, "The instance was created, and somebody else deleted it right away.");
            }
            if (start) {
                startCreated(connection, id, execution);
            }
        };
    }

    /** What is left of a creation once the instance is there. */
    Work finishCreation(NativeId id, boolean start) {
        return (connection, execution) -> {
            adopt(connection, id, execution);
            if (start) {
                startCreated(connection, id, execution);
            }
        };
    }

    private void startCreated(Connection connection, NativeId id, Execution execution) {
        execution.checkCancelled();
        execution.progress(90, "Starting");
        act("start", id, Duration.ZERO).run(connection, execution);
        adopt(connection, id, execution);
    }

    /** Notes the created instance, as it is known now, with the operation. */
    private void adopt(Connection connection, NativeId id, Execution execution) {
        inventory.find(connection.id(), id).ifPresent(execution::created);
    }

    private static void perform(
            String action, NativeId id, Duration grace, Connection connection, Execution execution) {
        Duration limit = execution.remaining();
        switch (action) {
            case "start" -> power(connection, limit, power -> power.start(id, execution));
            case "stop" -> power(connection, limit, power -> power.stop(id, grace, execution));
            case "restart" -> power(connection, limit, power -> power.restart(id, grace, execution));
            case "kill" -> power(connection, limit, power -> power.kill(id, execution));
            case "pause" -> use(PauseControl.class, connection, limit, pause -> pause.pause(id, execution));
            case "resume" -> use(PauseControl.class, connection, limit, pause -> pause.resume(id, execution));
            case "delete" -> use(Provisioning.class, connection, limit, made -> made.delete(id, execution));
            default -> throw new IllegalArgumentException(action);
        }
    }

    private static void power(Connection connection, Duration limit, Call<PowerControl> call) {
        use(PowerControl.class, connection, limit, call);
    }

    private static <C> void use(Class<C> capability, Connection connection, Duration limit, Call<C> call) {
        connection.use(capability, limit, target -> {
            call.on(target);
            return true;
        });
    }

    /** A call without an answer. */
    @FunctionalInterface
    private interface Call<C> {
        void on(C capability);
    }

    /**
     * Asks how an instance is now and brings the inventory to that. Asking changes nothing, so it is repeated
     * for a while if the backend does not answer.
     */
    Optional<ObservedInstance> look(Connection connection, NativeId id) {
        for (int overtaken = 0; ; overtaken++) {
            long mark = inventory.mark(connection.id());
            Optional<ObservedInstance> answer = ask(connection, id);
            if (inventory.answered(connection.id(), id, answer, overtaken < OVERTAKEN ? mark : Long.MAX_VALUE)) {
                return answer;
            }
        }
    }

    private Optional<ObservedInstance> ask(Connection connection, NativeId id) {
        for (int times = 1; ; times++) {
            try {
                return connection.ask(timings.call(), (Backend backend) -> backend.instance(id));
            } catch (FreeholdException e) {
                if (times == ASKED
                        || e.code() != ErrorCode.UNAVAILABLE
                        || Thread.currentThread().isInterrupted()) {
                    throw new ProviderException(
                            e.code(), "It was done, but how the instance is now cannot be told: " + e.getMessage(), e);
                }
                pause(connection, times);
            }
        }
    }

    private void pause(Connection connection, int times) {
        try {
            Duration patience = timings.retry().multipliedBy(times);
            if (connection.isUp()) {
                Thread.sleep(patience.toMillis());
            } else if (!connection.awaitUp(patience)) {
                LOG.debug("Backend '{}' does not answer yet", connection.view().name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The failure is what counts; how the instance is now comes with the next report if it cannot be asked. */
    private void lookAfterFailure(Connection connection, NativeId id) {
        try {
            long mark = inventory.mark(connection.id());
            Optional<ObservedInstance> now =
                    connection.ask(timings.connect(), (Backend backend) -> backend.instance(id));
            if (!inventory.answered(connection.id(), id, now, mark)) {
                LOG.debug("Something newer is known of {}", id);
            }
        } catch (FreeholdException e) {
            LOG.debug("After a failure the instance {} cannot be looked at: {}", id, e.getMessage());
        }
    }
}
