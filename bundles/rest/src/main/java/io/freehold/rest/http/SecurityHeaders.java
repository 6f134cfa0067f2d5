package io.freehold.rest.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Headers that every answer carries: nothing here is a page, a script or to be kept by anyone. */
final class SecurityHeaders {
    private static final HttpField MARK = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final List<HttpField> FIELDS = List.of(
            MARK,
            new PreEncodedHttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            new PreEncodedHttpField("X-Frame-Options", "DENY"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
            new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
            new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"));

    private SecurityHeaders() {}

    /** Adds them to the headers of an answer, unless they are there: all of them, or none, ever are. */
    static void addTo(HttpFields.Mutable headers) {
        if (headers.contains(MARK)) {
            return;
        }
        for (HttpField field : FIELDS) {
            headers.add(field);
        }
    }
}
