package io.freehold.rest.jersey;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.rest.http.Api;
import io.freehold.rest.http.Body;
import io.freehold.rest.http.Problem;
import io.freehold.rest.http.Problems;
import io.freehold.rest.http.RequestContext;
import io.freehold.rest.http.Route;
import io.freehold.rest.json.Json;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.glassfish.hk2.osgiresourcelocator.ServiceLoader;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ExtendedResourceContext;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.model.ResourceModel;
import org.glassfish.jersey.server.spi.Container;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Jersey application on Jetty. The core has one, and each plugin that brings resources has its
 * own; closing one lets its requests end first.
 */
public final class JerseyHandler implements Api.Resources, Container, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JerseyHandler.class);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    /** Links never come from a Host header, so any name does. */
    private static final String SERVER = "http://freehold";

    private final URI base;
    private final MethodPermissions permissions;
    private final ApplicationHandler application;
    private final Problems problems;
    private final InFlight inFlight = new InFlight();
    private final Addresses addresses = new Addresses(SERVER);

    /**
     * Starts an application.
     *
     * @param base the path that it is mounted at, with a slash at the end
     * @param resources its resources, as objects
     * @param permissions what their methods take
     * @param filters what else its requests and answers pass through
     */
    public JerseyHandler(
            String base,
            Set<?> resources,
            MethodPermissions permissions,
            Set<?> filters,
            Json json,
            Problems problems) {
        this.base = URI.create(SERVER + base);
        this.permissions = permissions;
        this.problems = problems;
        application = amongJerseysClasses(() -> new ApplicationHandler(
                configuration(resources, filters, json, problems).register(permissions)));
    }

    private static ResourceConfig configuration(Set<?> resources, Set<?> filters, Json json, Problems problems) {
        return new ResourceConfig()
                .registerResources(resources.stream().map(ResourceModels::of).collect(Collectors.toUnmodifiableSet()))
                .registerInstances(Set.copyOf(filters))
                .registerInstances(
                        new JsonBodies(json), new DetachedWriter(), new FailureMapper(), new ProblemFilter(problems))
                .register(new AbstractBinder() {
                    @Override
                    protected void configure() {
                        bind(new ContextParams()).to(ValueParamProvider.class);
                    }
                })
                .addProperties(Map.of(
                        // Everything is registered above: looking for more costs boot time.
                        CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true,
                        CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true,
                        CommonProperties.JSON_PROCESSING_FEATURE_DISABLE, true,
                        CommonProperties.MOXY_JSON_FEATURE_DISABLE, true,
                        CommonProperties.PROVIDER_DEFAULT_DISABLE, "ALL",
                        ServerProperties.WADL_FEATURE_DISABLE, true,
                        ServerProperties.BV_FEATURE_DISABLE, true,
                        ServerProperties.PROCESSING_RESPONSE_ERRORS_ENABLED, true,
                        ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true));
    }

    /** Jersey looks for its own classes through the thread's class loader, which in OSGi is not its own. */
    private static <T> T amongJerseysClasses(Supplier<T> work) {
        start(ServiceLoader.class);
        start(CommonProperties.class);
        start(ApplicationHandler.class);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ApplicationHandler.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Jersey and HK2 find their own parts only once they are started, and nothing says that their start comes first. */
    private static void start(Class<?> ofJersey) {
        Bundle bundle = FrameworkUtil.getBundle(ofJersey);
        if (bundle != null) {
            try {
                bundle.start(Bundle.START_TRANSIENT);
            } catch (BundleException e) {
                throw new IllegalStateException("Jersey cannot be started", e);
            }
        }
    }

    @Override
    public void answer(Request request, Response response, Callback callback, RequestContext context, Body body) {
        JerseyAnswer answer = new JerseyAnswer(request, response, callback, problems, inFlight);
        if (!inFlight.enter(answer)) {
            problems.write(
                    request,
                    response,
                    callback,
                    Problem.of(503, ErrorCode.UNAVAILABLE.name(), "This part of Freehold is stopping.")
                            .header("Retry-After", "5"));
            return;
        }
        URI uri;
        try {
            uri = addresses.of(request.getHttpURI().getPathQuery());
        } catch (IllegalArgumentException e) {
            answer.failure(new FreeholdException(ErrorCode.MALFORMED, "The address is not a valid URI."));
            return;
        }
        ContainerRequest inner = new ContainerRequest(
                base,
                uri,
                request.getMethod(),
                new CallerContext(context, request.isSecure()),
                new MapPropertiesDelegate(),
                application.getConfiguration());
        inner.setProperty(ContextParams.PROPERTY, context);
        inner.setProperty(ContextParams.BODY, body);
        for (HttpField field : request.getHeaders()) {
            inner.header(field.getName(), field.getValue());
        }
        if (body.length() == 0
                && takesBody(request.getMethod())
                && !request.getHeaders().contains(HttpHeader.CONTENT_TYPE)) {
            // Where a body is expected, its absence is a fault of the body, not of its type.
            inner.header("Content-Type", "application/json");
        }
        inner.setEntityStream(body.stream());
        inner.setWriter(answer);
        answer.whileOnThisThread(() -> application.handle(inner));
    }

    @Override
    public List<Route> routes() {
        ResourceModel model = application
                .getInjectionManager()
                .getInstance(ExtendedResourceContext.class)
                .getResourceModel();
        return ResourceRoutes.of(model, base.getPath(), permissions);
    }

    private static boolean takesBody(String method) {
        return !method.equals("GET") && !method.equals("HEAD");
    }

    @Override
    public ResourceConfig getConfiguration() {
        return application.getConfiguration();
    }

    @Override
    public ApplicationHandler getApplicationHandler() {
        return application;
    }

    @Override
    public void reload() {
        throw new UnsupportedOperationException("An application is replaced by another handler, never reloaded");
    }

    @Override
    public void reload(ResourceConfig config) {
        reload();
    }

    /**
     * Takes no more requests, tells readers of event streams that it ends, waits a few seconds for what is under
     * way, cuts off what still is, and ends the application.
     */
    @Override
    public void close() {
        inFlight.close().forEach(JerseyAnswer::announceEnd);
        List<JerseyAnswer> stubborn = inFlight.awaitNone(DRAIN);
        if (!stubborn.isEmpty()) {
            LOG.warn("Requests were still being answered when their part of Freehold ended; they are cut off");
            stubborn.forEach(JerseyAnswer::cutOff);
        }
        application.getInjectionManager().shutdown();
    }

    /** What Jersey may ask about the caller; resources take the {@code Caller} itself. */
    private record CallerContext(RequestContext context, boolean secure) implements SecurityContext {
        @Override
        public @Nullable Principal getUserPrincipal() {
            return context.caller() == null ? null : context.caller()::name;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public @Nullable String getAuthenticationScheme() {
            return null;
        }
    }
}
