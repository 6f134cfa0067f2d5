package io.freehold.rest;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;

/** Every route that the server's Jersey model holds. */
public final class Routing {
    private Routing() {}

    public static Set<String> of(TestServer server) {
        return methods(server).keySet();
    }

    /** The same with what answers each. */
    public static Map<String, ResourceMethod> methods(TestServer server) {
        Map<String, ResourceMethod> routes = new TreeMap<>();
        server.server().jersey().getConfiguration().getResources().forEach(resource -> collect("", resource, routes));
        return routes;
    }

    private static void collect(String parent, Resource resource, Map<String, ResourceMethod> routes) {
        String own = resource.getPath() == null ? "" : resource.getPath();
        String path = parent + (own.startsWith("/") || own.isEmpty() ? own : "/" + own);
        resource.getResourceMethods().forEach(method -> routes.put(method.getHttpMethod() + " " + path, method));
        resource.getChildResources().forEach(child -> collect(path, child, routes));
    }
}
