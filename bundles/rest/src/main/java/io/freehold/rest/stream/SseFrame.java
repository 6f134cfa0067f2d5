package io.freehold.rest.stream;

import io.freehold.rest.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Server-sent events as bytes (WHATWG HTML, 9.2). */
public final class SseFrame {
    /** Keeps the connection, and proxies between, awake. */
    static final byte[] HEARTBEAT = ": \n\n".getBytes(StandardCharsets.UTF_8);

    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);

    private SseFrame() {}

    /**
     * An event.
     *
     * @param id for {@code Last-Event-ID}; null for none
     * @param data written as JSON, which has no line ends of its own
     */
    public static byte[] of(String event, @Nullable Long id, Object data, Json json) {
        return of(event, id, json.bytes(data));
    }

    /** An event whose data is JSON already. */
    public static byte[] of(String event, @Nullable Long id, byte[] json) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(json.length + 64);
        String head = "event: " + event + "\n" + (id == null ? "" : "id: " + id + "\n");
        frame.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        frame.writeBytes(DATA);
        frame.writeBytes(json);
        frame.writeBytes(END);
        return frame.toByteArray();
    }
}
