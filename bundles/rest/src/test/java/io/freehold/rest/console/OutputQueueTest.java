package io.freehold.rest.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.rest.limit.Room;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputQueueTest {
    private static final int ROOM = 1_000;

    private final Room room = new Room(ROOM);

    private OutputQueue queue() {
        return new OutputQueue(100 * ROOM, 1, room);
    }

    private static byte[] output(int bytes) {
        return "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void whoIsBehindLosesOutputWhenAllQueuesTogetherAreFull() {
        OutputQueue behind = queue();
        behind.output(output(900));
        OutputQueue other = queue();
        behind.output(output(200));
        assertThat(behind.next()).contains("x".repeat(900));
        assertThat(behind.next()).isEqualTo("{\"type\":\"output\",\"gap\":200,\"data\":\"\"}");

        behind.output(output(ROOM));
        other.output(output(300));
        assertThat(other.next()).as("nothing waited here").contains("x".repeat(300));
    }

    @Test
    void whatWasSentOrGivenUpTakesNoRoom() {
        OutputQueue queue = queue();
        queue.output(output(400));
        queue.message("{}");
        assertThat(room.left()).isLessThan(ROOM - 400);
        while (queue.next() != null) {
            assertThat(room.left()).as("it is on its way").isLessThan(ROOM);
        }
        assertThat(room.left()).isEqualTo(ROOM);

        queue.output(output(400));
        queue.message("{}");
        queue.next();
        queue.close();
        assertThat(room.left()).isEqualTo(ROOM);
    }
}
