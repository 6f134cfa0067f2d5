package io.freehold.rest.jersey;

import io.freehold.rest.http.Problem;
import io.freehold.rest.http.Problems;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import org.glassfish.jersey.server.ContainerRequest;

/**
 * Puts the request id into problems and writes them, whatever type of answer the client asked for. Errors that Jersey
 * answers by itself, for a header that it cannot read, become problems here.
 */
final class ProblemFilter implements ContainerResponseFilter {
    private static final MediaType TYPE = MediaType.valueOf(Problem.MEDIA_TYPE);

    private static final Annotation[] NO_ANNOTATIONS = {};

    private final Problems problems;

    ProblemFilter(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Object entity = response.getEntity();
        if (entity == null && response.getStatus() >= 400) {
            entity = FailureMapper.problem(response.getStatus(), response.getHeaderString(HttpHeaders.ALLOW));
        }
        if (entity instanceof Problem problem) {
            String requestId =
                    ContextParams.of((ContainerRequest) request).origin().requestId();
            response.setEntity(problems.bytes(problem.of(requestId)), NO_ANNOTATIONS, TYPE);
        }
    }
}
