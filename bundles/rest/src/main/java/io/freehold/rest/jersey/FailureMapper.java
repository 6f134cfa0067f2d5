package io.freehold.rest.jersey;

import io.freehold.rest.http.Problem;
import io.freehold.rest.http.Problems;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns whatever a resource throws, or Jersey itself, into a problem. */
final class FailureMapper implements ExceptionMapper<Throwable> {
    @Override
    public Response toResponse(Throwable failure) {
        Problem problem;
        if (failure instanceof PreconditionRequired) {
            problem = Problem.of(428, "PRECONDITION_REQUIRED", "Say in If-Match which version you have seen.");
        } else if (failure instanceof WebApplicationException refusal) {
            problem = problem(
                    refusal.getResponse().getStatus(), refusal.getResponse().getHeaderString(HttpHeaders.ALLOW));
        } else {
            problem = Problems.of(failure);
        }
        Response.ResponseBuilder answer =
                Response.status(problem.status()).entity(problem).type(Problem.MEDIA_TYPE);
        problem.headers().forEach(answer::header);
        return answer.build();
    }

    /** What Jersey refuses, by its status. */
    static Problem problem(int status, @Nullable String allow) {
        return switch (status) {
            case 404 -> Problem.of(status, "NOT_FOUND", "There is nothing here.");
            case 405 -> {
                Problem problem = Problem.of(status, "METHOD_NOT_ALLOWED", "This method is not used here.");
                yield allow == null ? problem : problem.header(HttpHeaders.ALLOW, allow);
            }
            case 406 -> Problem.of(status, "NOT_ACCEPTABLE", "There is no answer of the type that you accept.");
            case 415 -> Problem.of(status, "UNSUPPORTED_MEDIA_TYPE", "Bodies are application/json here.");
            default ->
                status < 500
                        ? Problem.of(status, "MALFORMED", "The request cannot be served as it is.")
                        : Problem.of(status, "INTERNAL", "Something went wrong inside Freehold.");
        };
    }
}
