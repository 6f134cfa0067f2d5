package io.freehold.rest.jersey;

import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.rest.http.Body;
import io.freehold.rest.http.RequestContext;
import java.util.function.Function;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jspecify.annotations.Nullable;

/**
 * Gives resource methods their {@code @Context Caller}, {@code Origin} and {@code ContainerRequest}, without
 * injection's cost.
 */
public final class ContextParams implements ValueParamProvider {
    static final String PROPERTY = "io.freehold.rest.context";
    static final String BODY = "io.freehold.rest.body";

    @Override
    public @Nullable Function<ContainerRequest, ?> getValueProvider(Parameter parameter) {
        if (parameter.getRawType() == Caller.class) {
            return request -> of(request).requireCaller();
        }
        if (parameter.getRawType() == Origin.class) {
            return request -> of(request).origin();
        }
        if (parameter.getRawType() == ContainerRequest.class) {
            return request -> request;
        }
        return null;
    }

    @Override
    public PriorityType getPriority() {
        return Priority.HIGH;
    }

    /** Who asks, and from where. */
    public static RequestContext of(ContainerRequest request) {
        return (RequestContext) request.getProperty(PROPERTY);
    }

    /** The body as it came. */
    public static Body body(ContainerRequest request) {
        return (Body) request.getProperty(BODY);
    }
}
