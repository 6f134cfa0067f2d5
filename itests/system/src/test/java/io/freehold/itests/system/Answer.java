package io.freehold.itests.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** What Freehold answered. */
record Answer(int status, HttpHeaders headers, String text) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode json() {
        return json(text);
    }

    /** A field of the body as text; "" if it is not there. */
    String get(String field) {
        return json().path(field).asText("");
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
