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
        post(id, "/start", Duration.ZERO);
    }

    @Override
    public void stop(NativeId id, Duration grace, OperationContext context) {
        post(id, "/stop?t=" + seconds(grace), grace);
    }

    @Override
    public void restart(NativeId id, Duration grace, OperationContext context) {
        post(id, "/restart?t=" + seconds(grace), grace);
    }

    @Override
    public void kill(NativeId id, OperationContext context) {
        try {
            post(id, "/kill", Duration.ZERO);
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
            post(id, call, Duration.ZERO);
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

    private void post(NativeId id, String call, Duration grace) {
        client.call("POST", Containers.path(id) + call, null, grace.plus(EngineClient.LONG));
    }

    private static long seconds(Duration grace) {
        return grace.plusMillis(999).toSeconds();
    }
}
