package io.freehold.rest.memory;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Subscription;
import io.freehold.api.instance.InstanceStreams;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.ConsoleOutput;
import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.LogListener;
import io.freehold.api.provider.Sample;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Streams that tests feed by hand; a console echoes what is typed. */
public final class MemoryStreams implements InstanceStreams {
    public static final Sample SAMPLE = new Sample(Instant.parse("2026-01-31T12:00:00Z"), 0.25, 1, 2, 3, 4, 5, 6);

    private final MemoryInstances instances;
    private final MemorySecurity security;
    public final List<LogListener> logs = new CopyOnWriteArrayList<>();
    public final List<Consumer<Sample>> stats = new CopyOnWriteArrayList<>();
    public final List<String> resized = new CopyOnWriteArrayList<>();
    public final AtomicInteger openConsoles = new AtomicInteger();
    public volatile @Nullable ConsoleOutput console;

    MemoryStreams(MemoryInstances instances, MemorySecurity security) {
        this.instances = instances;
        this.security = security;
    }

    @Override
    public List<LogLine> logs(Caller caller, UUID id, int tail) {
        observe(caller, id);
        Instant at = Instant.parse("2026-01-31T12:00:00Z");
        return List.of(new LogLine(at, "one"), new LogLine(at, "zwei ü")).subList(0, Math.min(2, tail));
    }

    private void observe(Caller caller, UUID id) {
        instances.get(caller, id);
        security.require(caller, Permissions.INSTANCE_OBSERVE, "instances/" + id);
    }

    @Override
    public Subscription followLogs(Caller caller, UUID id, int tail, LogListener listener) {
        observe(caller, id);
        logs(caller, id, tail).forEach(listener::line);
        logs.add(listener);
        return () -> logs.remove(listener);
    }

    @Override
    public Console console(Caller caller, UUID id, ConsoleOutput output) {
        requireConsole(caller, id);
        openConsoles.incrementAndGet();
        console = output;
        return new Console() {
            private boolean open = true;

            @Override
            public void input(byte[] data) {
                if (data.length > 0 && data[0] == '!') {
                    throw new FreeholdException(ErrorCode.CONFLICT, "NO_INPUT", "It takes no input.");
                }
                output.output(data);
            }

            @Override
            public void resize(int columns, int rows) {
                resized.add(columns + "x" + rows);
            }

            @Override
            public synchronized void close() {
                if (open) {
                    open = false;
                    openConsoles.decrementAndGet();
                }
            }
        };
    }

    @Override
    public void requireConsole(Caller caller, UUID id) {
        instances.get(caller, id);
        security.require(caller, Permissions.INSTANCE_CONSOLE, "instances/" + id);
    }

    @Override
    public Sample stats(Caller caller, UUID id) {
        observe(caller, id);
        return SAMPLE;
    }

    @Override
    public Subscription followStats(Caller caller, UUID id, Consumer<Sample> listener) {
        observe(caller, id);
        stats.add(listener);
        return () -> stats.remove(listener);
    }
}
