package io.freehold.rest;

import io.freehold.rest.http.Api;
import io.freehold.rest.http.Route;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the server says that its resources answer. */
public final class Routing {
    private Routing() {}

    /** Method and path below the API's base, of each. */
    public static Set<String> of(TestServer server) {
        Set<String> routes = new TreeSet<>();
        methods(server).forEach(route -> routes.add(name(route)));
        return routes;
    }

    /** The routes of resources. */
    public static List<Route> methods(TestServer server) {
        return server.server().routes().stream()
                .filter(route -> route.kind() == Route.Kind.REST || route.kind() == Route.Kind.SSE)
                .toList();
    }

    /** Such as {@code GET /users}. */
    public static String name(Route route) {
        return route.method() + " " + route.path().substring(Api.BASE.length() - 1);
    }
}
