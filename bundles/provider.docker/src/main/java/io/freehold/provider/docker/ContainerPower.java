package io.freehold.provider.docker;

import io.freehold.api.ErrorCode;
import io.freehold.api.instance.State;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.OperationContext;
import io.freehold.api.provider.PauseControl;
import io.freehold.api.provider.PowerControl;
import io.freehold.api.provider.ProviderException;
import io.freehold.provider.docker.engine.EngineClient;
import io.freehold.provider.docker.engine.EngineRefusal;
import io.freehold.provider.docker.engine.EngineStream;
import java.io.IOException;
import java.time.Duration;

/** Starts, stops and freezes containers, one call of the engine each; it asks for their state only after a no. */
final class ContainerPower implements PowerControl, PauseControl {
    private final EngineClient client;
    private final Containers containers;

    ContainerPower(EngineClient client, Containers containers) {
        this.client = client;
        this.containers = containers;
    }

    @Override
    public void start(NativeId id, OperationContext context) {
        post(id, "/start");
    }

    @Override
    public void stop(NativeId id, Duration grace, OperationContext context) {
        await(id, "/stop?t=" + seconds(grace), context);
    }

    @Override
    public void restart(NativeId id, Duration grace, OperationContext context) {
        await(id, "/restart?t=" + seconds(grace), context);
    }

    @Override
    public void kill(NativeId id, OperationContext context) {
        try {
            post(id, "/kill");
        } catch (EngineRefusal e) {
            if (e.code() != ErrorCode.CONFLICT || containers.get(id).running()) {
                throw e;
            }
        }
    }

    @Override
    public void pause(NativeId id, OperationContext context) {
        freeze(id, "/pause", State.PAUSED);
    }

    @Override
    public void resume(NativeId id, OperationContext context) {
        freeze(id, "/unpause", State.RUNNING);
    }

    private void freeze(NativeId id, String call, State wanted) {
        try {
            post(id, call);
        } catch (EngineRefusal e) {
            Container container = containers.get(id);
            if (container.observed().state() == wanted) {
                return;
            }
            if (!container.running()) {
                throw new ProviderException(ErrorCode.CONFLICT, "The container does not run; start it first.", e);
            }
            throw e;
        }
    }

    private void post(NativeId id, String call) {
        client.call("POST", Containers.path(id) + call, null, EngineClient.LONG);
    }

    /** Waits out the grace unless the operation is cancelled; the engine keeps to what it was told all the same. */
    private void await(NativeId id, String call, OperationContext context) {
        try (Waiting waiting = new Waiting(
                client, context, "The engine did not say that it was done: look whether the container still runs.")) {
            try (EngineStream answer = waiting.post(Containers.path(id) + call)) {
                answer.in().readAllBytes();
            } catch (IOException e) {
                throw waiting.explain(client.explain(e));
            } catch (ProviderException e) {
                throw waiting.explain(e);
            }
        }
    }

    private static long seconds(Duration grace) {
        return grace.plusMillis(999).toSeconds();
    }
}
