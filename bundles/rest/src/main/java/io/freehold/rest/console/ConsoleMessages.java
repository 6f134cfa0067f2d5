package io.freehold.rest.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.freehold.api.instance.State;
import io.freehold.api.provider.Sample;
import io.freehold.rest.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON text frames of a console. */
final class ConsoleMessages {
    private final Json json;

    ConsoleMessages(Json json) {
        this.json = json;
    }

    /** What a client sends. */
    record Incoming(
            @Nullable String type,
            @Nullable String data,
            @Nullable Integer columns,
            @Nullable Integer rows) {}

    Incoming read(String text) {
        return json.read(text.getBytes(StandardCharsets.UTF_8), Incoming.class);
    }

    String state(State state) {
        return "{\"type\":\"state\",\"state\":\"" + state.name() + "\"}";
    }

    String stats(Sample sample) {
        return json.text(new Stats("stats", sample));
    }

    private record Stats(String type, @JsonUnwrapped Sample sample) {}

    String error(String code, String detail) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "error");
        message.put("code", code);
        message.put("detail", detail);
        return json.text(message);
    }

    /** The first characters of a text as the inside of a JSON string. */
    static StringBuilder quoted(StringBuilder text, int end) {
        StringBuilder quoted = new StringBuilder(end + 16);
        JsonStringEncoder.getInstance().quoteAsString(text.subSequence(0, end), quoted);
        return quoted;
    }
}
