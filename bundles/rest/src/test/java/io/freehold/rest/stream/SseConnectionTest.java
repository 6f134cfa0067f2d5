package io.freehold.rest.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.rest.limit.Room;
import io.freehold.rest.memory.Memory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SseConnectionTest {
    private final Memory memory = new Memory();
    private final LiveConnections connections = new LiveConnections(System::nanoTime);
    private final Room room = connections.room();
    private final long whole = room.left();
    private final AtomicInteger places = new AtomicInteger(1);

    @AfterEach
    void close() {
        connections.close();
    }

    private SseConnection open() {
        Caller caller = memory.security.owner(new Origin("local", "x"));
        return new SseConnection(
                new Guard(memory.security, memory.security, caller, access -> true),
                connections,
                places::decrementAndGet,
                1 << 20,
                lost -> new byte[1]);
    }

    @Test
    void whoIsBehindLosesWhatWaitsWhenAllStreamsTogetherAreFull() {
        SseConnection behind = open();
        behind.send(new byte[1_000]);
        assertThat(room.left()).isLessThanOrEqualTo(whole - 1_000);
        long others = room.left();
        room.takeAnyway(others);
        behind.send(new byte[1_000]);
        assertThat(room.left()).isEqualTo(whole - others);
    }

    @Test
    void whatIsGivenUpTakesNoRoomAndNoPlace() {
        SseConnection stream = open();
        stream.send(new byte[1_000]);
        stream.abandon();
        stream.abandon();
        assertThat(room.left()).isEqualTo(whole);
        assertThat(places).hasValue(0);
    }
}
