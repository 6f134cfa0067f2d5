package io.freehold.rest.http;

import java.util.Set;
import org.eclipse.jetty.http.HttpMethod;

/**
 * The routes of the API that need no credential. They are compared with the path as it was sent: any other
 * spelling of it takes a credential like everything else.
 */
public final class OpenRoutes {
    /** Method and path of each. */
    public static final Set<String> ALL = Set.of(
            "GET /api/v1/setup",
            "POST /api/v1/setup",
            "POST /api/v1/auth/login",
            "POST /api/v1/auth/refresh",
            "GET /api/v1/openapi.json");

    private OpenRoutes() {}

    /** Whether a route needs no credential. */
    public static boolean contains(String method, String path) {
        return ALL.contains((HttpMethod.HEAD.is(method) ? HttpMethod.GET.asString() : method) + " " + path);
    }
}
