package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A listener to server-sent events. */
final class EventStream implements AutoCloseable {
    /** One event; {@code data} is its text. */
    record Event(String type, String id, String data) {
        JsonNode json() {
            return Answer.json(data);
        }
    }

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Stream<String> lines;
    private final Thread reader;
    private volatile boolean ended;
    private String type = "";
    private String id = "";
    private String data = "";

    /** @param lines what comes */
    EventStream(Stream<String> lines) {
        this.lines = lines;
        this.reader = new Thread(this::read, "events");
        reader.setDaemon(true);
        reader.start();
    }

    /** Listens to the path; what happens from now on is seen. */
    static EventStream open(Client client, String path) throws Exception {
        HttpResponse<Stream<String>> response = client.http()
                .send(
                        client.request(path)
                                .header("Accept", "text/event-stream")
                                .timeout(Duration.ofMinutes(5))
                                .build(),
                        BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return new EventStream(response.body());
    }

    private void read() {
        try {
            lines.forEach(this::line);
        } catch (java.io.UncheckedIOException e) {
            // cut by the other side, or closed by us
        } finally {
            ended = true;
        }
    }

    private void line(String line) {
        if (line.startsWith("event:")) {
            type = line.substring(6).strip();
        } else if (line.startsWith("id:")) {
            id = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
            data += (data.isEmpty() ? "" : "\n") + line.substring(5).strip();
        } else if (line.isEmpty() && !data.isEmpty()) {
            events.add(new Event(type, id, data));
            type = "";
            data = "";
        }
    }

    List<Event> events() {
        return events;
    }

    boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        lines.close();
    }
}
