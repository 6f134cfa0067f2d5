package io.freehold.rest.resource;

import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationService;
import io.freehold.api.security.Caller;
import io.freehold.rest.view.OperationView;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers writes with their operation, at once or, by {@code Prefer: wait} (RFC 7240), when it has ended. */
final class OperationAnswers {
    /** Longer than any sensible wait, short enough for proxies between. */
    private static final int MAX_WAIT_SECONDS = 120;

    private final OperationService operations;

    OperationAnswers(OperationService operations) {
        this.operations = operations;
    }

    void answer(Caller caller, Operation operation, @Nullable String prefer, AsyncResponse response) {
        int wait = wait(prefer);
        if (wait == 0) {
            response.resume(accepted(operation));
            return;
        }
        operations.await(caller, operation.id(), Duration.ofSeconds(wait)).whenComplete((ended, failure) -> {
            if (failure != null) {
                response.resume(failure);
            } else if (ended.status().ended()) {
                response.resume(Response.ok(OperationView.of(ended))
                        .header("Preference-Applied", "wait=" + wait)
                        .build());
            } else {
                response.resume(accepted(ended));
            }
        });
    }

    private static Response accepted(Operation operation) {
        return Response.accepted(OperationView.of(operation))
                .header(HttpHeaders.LOCATION, "/api/v1/operations/" + operation.id())
                .build();
    }

    /** The seconds of {@code wait=}; 0 if there is none. What cannot be read is no preference. */
    static int wait(@Nullable String prefer) {
        if (prefer == null) {
            return 0;
        }
        for (String preference : prefer.split("[,;]", -1)) {
            String[] parts = preference.strip().toLowerCase(Locale.ROOT).split("\\s*=\\s*", 2);
            if (parts.length == 2 && "wait".equals(parts[0])) {
                String seconds = parts[1].replace("\"", "");
                return seconds.matches("\\d{1,9}") ? Math.min(MAX_WAIT_SECONDS, Integer.parseInt(seconds)) : 0;
            }
        }
        return 0;
    }
}
