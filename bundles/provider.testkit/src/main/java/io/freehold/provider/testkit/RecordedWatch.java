package io.freehold.provider.testkit;

import io.freehold.api.instance.State;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.Watch;
import java.time.Duration;

/** An observer that remembers what it was told. */
public final class RecordedWatch implements Watch.Observer {
    private final Recording<Object> events = new Recording<>();

    /** What came, in order: {@link ObservedInstance}, {@link NativeId}, {@link ProviderException}, {@code "restored"}. */
    public Recording<Object> events() {
        return events;
    }

    /** Waits for a report that the instance is in the state. */
    public boolean saw(NativeId id, State state, Duration patience) throws InterruptedException {
        return events.await(
                        event -> event instanceof ObservedInstance instance
                                && instance.id().equals(id)
                                && instance.state() == state,
                        patience)
                .isPresent();
    }

    /** Waits for the report that the instance is gone. */
    public boolean sawRemoved(NativeId id, Duration patience) throws InterruptedException {
        return events.await(id::equals, patience).isPresent();
    }

    /** Waits for the stream to stand. */
    public boolean sawRestored(Duration patience) throws InterruptedException {
        return events.await("restored"::equals, patience).isPresent();
    }

    @Override
    public void changed(ObservedInstance instance) {
        events.add(instance);
    }

    @Override
    public void removed(NativeId id) {
        events.add(id);
    }

    @Override
    public void lost(ProviderException cause) {
        events.add(cause);
    }

    @Override
    public void restored() {
        events.add("restored");
    }
}
