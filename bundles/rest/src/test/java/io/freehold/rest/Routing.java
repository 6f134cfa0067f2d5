package io.freehold.rest;

import java.util.Set;
import java.util.TreeSet;
import org.glassfish.jersey.server.model.Resource;

/** Every route that the server's Jersey model holds. */
public final class Routing {
    private Routing() {}

    public static Set<String> of(TestServer server) {
        Set<String> routes = new TreeSet<>();
        server.server().jersey().getConfiguration().getResources().forEach(resource -> collect("", resource, routes));
        return routes;
    }

    private static void collect(String parent, Resource resource, Set<String> routes) {
        String own = resource.getPath() == null ? "" : resource.getPath();
        String path = parent + (own.startsWith("/") || own.isEmpty() ? own : "/" + own);
        resource.getResourceMethods().forEach(method -> routes.add(method.getHttpMethod() + " " + path));
        resource.getChildResources().forEach(child -> collect(path, child, routes));
    }
}
