package io.freehold.rest.http;

import java.util.Set;
import org.eclipse.jetty.http.HttpMethod;

/**
 * The routes of the API that need no credential. They are compared with the path as it was sent: any other
 * spelling of it takes a credential like everything else.
 */
public final class OpenRoutes {
    private static final String DESCRIPTION = "GET /api/v1/openapi.json";

    /** Method and path of each that can be one. */
    public static final Set<String> ALL = Set.of(
            "GET /api/v1/setup",
            "POST /api/v1/setup",
            "POST /api/v1/auth/login",
            "POST /api/v1/auth/refresh",
            DESCRIPTION);

    /** Who guesses is slowed down by the account and the source, as good sign-ins from the same source are not. */
    private static final Set<String> LIMIT_THEMSELVES = Set.of("/api/v1/auth/login");

    private final boolean description;

    /**
     * @param description whether the description of the API is open, too
     */
    public OpenRoutes(boolean description) {
        this.description = description;
    }

    /** Whether what is behind an open path counts by itself who asks too often. */
    static boolean limitsItself(String path) {
        return LIMIT_THEMSELVES.contains(path);
    }

    /** Whether a route needs no credential. */
    boolean contains(String method, String path) {
        String route = (HttpMethod.HEAD.is(method) ? HttpMethod.GET.asString() : method) + " " + path;
        return ALL.contains(route) && (description || !route.equals(DESCRIPTION));
    }
}
