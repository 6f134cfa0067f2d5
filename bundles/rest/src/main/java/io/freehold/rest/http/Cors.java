package io.freehold.rest.http;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;

/**
 * Pages of other origins that may call the API from a browser, as the Fetch standard has it. They are listed one by
 * one, and show a bearer token: what a browser would add by itself is never allowed to them.
 */
public final class Cors {
    /** No page but our own may call. */
    public static final Cors NONE = new Cors(Set.of());

    private static final HttpField VARY = new PreEncodedHttpField(HttpHeader.VARY, "Origin");
    private static final HttpField EXPOSED = new PreEncodedHttpField(
            "Access-Control-Expose-Headers",
            "X-Request-Id, Location, ETag, Link, Retry-After, RateLimit, RateLimit-Policy");
    private static final HttpField METHODS =
            new PreEncodedHttpField("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
    private static final HttpField HEADERS = new PreEncodedHttpField(
            "Access-Control-Allow-Headers",
            "Authorization, Content-Type, Accept, If-Match, If-None-Match, Idempotency-Key, Prefer, Last-Event-ID,"
                    + " X-Request-Id");
    private static final HttpField MAX_AGE = new PreEncodedHttpField("Access-Control-Max-Age", "600");

    private final Set<String> origins;

    private Cors(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /**
     * What is set.
     *
     * @throws FreeholdException with one line that says which origin is none
     */
    public static Cors of(Settings settings) {
        Set<String> origins = new HashSet<>();
        for (String entry : settings.text("cors.origins").orElse("").split(",", -1)) {
            if (!entry.isBlank()) {
                origins.add(origin(entry.strip().toLowerCase(Locale.ROOT)));
            }
        }
        return new Cors(origins);
    }

    private static String origin(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web
                    && uri.getHost() != null
                    && text.equals(uri.getScheme() + "://" + uri.getRawAuthority())
                    && uri.getUserInfo() == null) {
                return text;
            }
        } catch (URISyntaxException e) {
            // falls through to the one message for both
        }
        throw new FreeholdException(
                ErrorCode.INVALID,
                "cors.origins (FREEHOLD_CORS_ORIGINS) lists whole origins such as https://panel.example, with commas"
                        + " between them; there is no * for all of them, and this is none: " + text);
    }

    /** Whether the page that a request comes from is listed. */
    public boolean lists(Request request) {
        List<String> given = request.getHeaders().getValuesList("Origin");
        return given.size() == 1 && origins.contains(given.get(0).toLowerCase(Locale.ROOT));
    }

    /**
     * Adds what the browser of a listed page wants to see.
     *
     * @return whether that is the whole answer, since the browser only asks whether it may ask
     */
    boolean answers(Request request, HttpFields.Mutable headers) {
        if (origins.isEmpty()) {
            return false;
        }
        headers.add(VARY);
        if (!lists(request)) {
            return false;
        }
        headers.add("Access-Control-Allow-Origin", request.getHeaders().get("Origin"));
        headers.add(EXPOSED);
        if (!"OPTIONS".equals(request.getMethod()) || !request.getHeaders().contains("Access-Control-Request-Method")) {
            return false;
        }
        headers.add(METHODS);
        headers.add(HEADERS);
        headers.add(MAX_AGE);
        return true;
    }
}
