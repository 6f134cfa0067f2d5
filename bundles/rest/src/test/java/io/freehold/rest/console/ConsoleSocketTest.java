package io.freehold.rest.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.instance.Instance;
import io.freehold.api.instance.State;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.rest.json.Json;
import io.freehold.rest.memory.Memory;
import io.freehold.rest.stream.Guard;
import io.freehold.rest.stream.LiveConnections;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleSocketTest {
    private final Memory memory = new Memory();
    private final AtomicLong now = new AtomicLong();
    private final AtomicBoolean subscribed = new AtomicBoolean(true);
    private LiveConnections connections;
    private ConsoleSocket socket;

    @BeforeEach
    void openAConsoleWhoseClientNeverComes() {
        connections = // Each round is half a minute after the one before.
                new LiveConnections(() -> now.addAndGet(Duration.ofSeconds(30).toNanos()));
        Caller caller = memory.security.owner(new Origin("local", "x"));
        Instance instance = memory.instances.add("console", State.RUNNING);
        socket = new ConsoleSocket(
                new ConsoleMessages(new Json()),
                new Guard(memory.security, memory.security, caller, access -> true),
                connections,
                Runnable::run,
                () -> ConsoleSocket.NORMAL);
        socket.attach(memory.streams.console(caller, instance.id(), socket));
        socket.hold(() -> subscribed.set(false));
    }

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void oneThatNeverOpensIsGivenUp() {
        assertThat(memory.streams.openConsoles).hasValue(1);
        socket.opening();
        await().until(() -> memory.streams.openConsoles.get() == 0);
        assertThat(subscribed).isFalse();
    }

    @Test
    void oneThatIsOpeningWhenTheServerStopsIsGivenUp() {
        connections.close();
        socket.opening();
        assertThat(memory.streams.openConsoles).hasValue(0);
        assertThat(subscribed).isFalse();
    }
}
