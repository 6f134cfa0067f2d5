package io.freehold.rest.jersey;

import io.freehold.rest.http.Route;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.server.model.ResourceModel;

/** What an application of Jersey serves, read from the model that Jersey itself routes by. */
final class ResourceRoutes {
    /** The name of a parameter with the expression that its value must match. */
    private static final Pattern CONSTRAINED = Pattern.compile("\\{\\s*([\\w.-]+)\\s*:(?:[^{}]|\\{[^{}]*})*}");

    private final MethodPermissions permissions;
    private final List<Route> routes = new ArrayList<>();

    private ResourceRoutes(MethodPermissions permissions) {
        this.permissions = permissions;
    }

    /**
     * The routes of a model.
     *
     * @param base the path that the application is mounted at, with a slash at the end
     */
    static List<Route> of(ResourceModel model, String base, MethodPermissions permissions) {
        ResourceRoutes collector = new ResourceRoutes(permissions);
        model.getRootResources().forEach(resource -> collector.collect(base, resource));
        return List.copyOf(collector.routes);
    }

    private void collect(String parent, Resource resource) {
        String own = resource.getPath() == null ? "" : resource.getPath();
        String path = own.isEmpty() ? parent : (parent + "/" + own).replaceAll("/{2,}", "/");
        resource.getResourceMethods()
                .forEach(method -> add(CONSTRAINED.matcher(path).replaceAll("{$1}"), method));
        resource.getChildResources().forEach(child -> collect(path, child));
    }

    private void add(String path, ResourceMethod method) {
        if (method.isExtended()) {
            // Jersey's own answer to OPTIONS, which every path has.
            return;
        }
        List<MediaType> produced = method.getProducedTypes();
        long streams = produced.stream()
                .filter(MediaType.SERVER_SENT_EVENTS_TYPE::isCompatible)
                .filter(type -> !type.isWildcardType())
                .count();
        if (streams > 0) {
            add(Route.Kind.SSE, path, method);
        }
        if (produced.isEmpty() || streams < produced.size()) {
            add(Route.Kind.REST, path, method);
        }
    }

    private void add(Route.Kind kind, String path, ResourceMethod method) {
        String verb = method.getHttpMethod();
        routes.add(new Route(
                kind, verb, path, false, permissions.of(method.getInvocable().getHandlingMethod()), null));
    }
}
