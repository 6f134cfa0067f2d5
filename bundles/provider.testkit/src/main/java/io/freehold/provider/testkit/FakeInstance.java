package io.freehold.provider.testkit;

import io.freehold.api.instance.State;
import io.freehold.api.provider.ConsoleOutput;
import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.LogListener;
import io.freehold.api.provider.ObservedInstance;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One instance of a {@link FakeEngine}, guarded by the engine's lock. Its program echoes what is typed. */
final class FakeInstance {
    final Map<FakeStream, LogListener> followers = new LinkedHashMap<>();
    final Map<FakeStream, ConsoleOutput> consoles = new LinkedHashMap<>();
    final Map<FakeStream, Runnable> meters = new LinkedHashMap<>();
    private final List<LogLine> log = new ArrayList<>();
    private ObservedInstance observed;

    FakeInstance(ObservedInstance observed) {
        this.observed = observed;
    }

    ObservedInstance observed() {
        return observed;
    }

    void observed(ObservedInstance now) {
        observed = now;
        if (now.state() != State.RUNNING && now.state() != State.PAUSED) {
            endStreams("The instance stopped.");
        }
    }

    boolean isUp() {
        return observed.state() == State.RUNNING || observed.state() == State.PAUSED;
    }

    void print(String text) {
        LogLine line = new LogLine(Instant.now(), text);
        log.add(line);
        followers.forEach((stream, listener) -> stream.send(() -> listener.line(line)));
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        consoles.forEach((stream, output) -> stream.send(() -> output.output(bytes)));
    }

    List<LogLine> tail(int lines) {
        return List.copyOf(log.subList(Math.max(0, log.size() - lines), log.size()));
    }

    void endStreams(String reason) {
        followers.forEach((stream, listener) -> stream.end(listener::ended));
        consoles.forEach((stream, output) -> stream.end(() -> output.closed(reason)));
        meters.forEach(FakeStream::end);
        followers.clear();
        consoles.clear();
        meters.clear();
    }

    void forget(FakeStream stream) {
        followers.remove(stream);
        consoles.remove(stream);
        meters.remove(stream);
    }
}
