package io.freehold.provider.docker.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** JSON objects, one a line, as the engine streams events, statistics and progress. */
public final class JsonLines {
    private static final int MAX_LINE = 1024 * 1024;

    private final ObjectMapper mapper;
    private final InputStream in;

    public JsonLines(ObjectMapper mapper, InputStream in) {
        this.mapper = mapper;
        this.in = in;
    }

    /** Waits for the next object; null at the end of the stream. */
    public @Nullable JsonNode next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                line.write(next);
                if (line.size() > MAX_LINE) {
                    throw new NonsenseException("a line of the answer is too long");
                }
            } else if (line.size() > 1) {
                return mapper.readTree(line.toByteArray());
            } else {
                line.reset();
            }
        }
        return null;
    }
}
