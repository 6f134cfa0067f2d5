package io.freehold.core.stream;

import io.freehold.api.FreeholdException;
import io.freehold.api.instance.State;
import io.freehold.core.backend.Connections;
import io.freehold.core.inventory.Entry;
import io.freehold.core.inventory.Inventory;
import io.freehold.core.util.Platform;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters that are in use, by instance. One that nobody uses any more is closed after a while. */
final class Meters {
    private static final Logger LOG = LoggerFactory.getLogger(Meters.class);

    private final Map<UUID, Meter> meters = new ConcurrentHashMap<>();
    private final Inventory inventory;
    private final Connections connections;
    private final Platform platform;

    Meters(Inventory inventory, Connections connections, Platform platform) {
        this.inventory = inventory;
        this.connections = connections;
        this.platform = platform;
    }

    /** Uses the meter of an instance; it is looked after from now on. */
    <T> T use(Entry entry, Function<Meter, T> work) {
        Meter meter = of(entry);
        while (!meter.enter()) {
            meters.remove(entry.id(), meter);
            meter = of(entry);
        }
        try {
            return work.apply(meter);
        } finally {
            meter.leave();
        }
    }

    private Meter of(Entry entry) {
        return meters.computeIfAbsent(entry.id(), id -> {
            Meter meter = new Meter(
                    connections.get(entry.instance().backendId()),
                    entry.nativeId(),
                    platform.workers(),
                    platform.timings());
            lookAgain(id, meter);
            return meter;
        });
    }

    private void lookAgain(UUID id, Meter meter) {
        Duration pause = platform.timings().idle().dividedBy(15);
        var unused = platform.workers().after(pause, () -> look(id, meter));
    }

    /** Closes a meter that is no longer used; begins again where the instance was restarted under its followers. */
    private void look(UUID id, Meter meter) {
        State state = inventory.find(id).map(entry -> entry.instance().state()).orElse(State.UNKNOWN);
        if (meter.closeIfIdle()) {
            meters.remove(id, meter);
            return;
        }
        if (meter.hasFollowers() && state == State.RUNNING) {
            try {
                meter.open();
            } catch (FreeholdException e) {
                LOG.debug("Instance {} cannot be measured now: {}", id, e.getMessage());
            }
        }
        lookAgain(id, meter);
    }
}
