package io.freehold.rest.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.freehold.api.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/**
 * An error as clients see it (RFC 9457), with nothing of the inside in it.
 *
 * @param status the HTTP status
 * @param code a stable upper-case word for programs
 * @param detail what is wrong and what to do, for people
 * @param violations the values that are not acceptable
 * @param headers what the answer's head says beside it, such as {@code Retry-After}
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "code", "requestId", "violations"})
@Schema(name = "Problem", description = "An error (RFC 9457).")
public record Problem(
        int status,
        String code,
        String detail,
        String requestId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> violations,
        @JsonIgnore @Schema(hidden = true) Map<String, String> headers) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem without violations and headers. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, "", List.of(), Map.of());
    }

    /** What kind of problem it is, as a URI. */
    public String getType() {
        return "urn:freehold:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The status in words. */
    public String getTitle() {
        String message = HttpStatus.getMessage(status);
        return message == null ? "Error" : message;
    }

    /** The same problem, of the given request. */
    public Problem of(String request) {
        return new Problem(status, code, detail, request, violations, headers);
    }

    /** The same problem with a header more. */
    public Problem header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Problem(status, code, detail, requestId, violations, Map.copyOf(more));
    }
}
