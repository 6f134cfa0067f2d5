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
            new PreEncodedHttpField(
                    "Content-Security-Policy",
                    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
            new PreEncodedHttpField("X-Frame-Options", "DENY"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
            new PreEncodedHttpField(
                    "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
            new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
            new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
            new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"));

    /** For a year; over plain HTTP browsers would not, and must not, believe it. */
    private static final HttpField TLS_ONLY = new PreEncodedHttpField("Strict-Transport-Security", "max-age=31536000");

    private SecurityHeaders() {}

    /**
     * Adds them to the headers of an answer, unless they are there: all of them, or none, ever are.
     *
     * @param secure whether the client has asked over TLS
     */
    static void addTo(HttpFields.Mutable headers, boolean secure) {
        if (headers.contains(MARK)) {
            return;
        }
        for (HttpField field : FIELDS) {
            headers.add(field);
        }
        if (secure) {
            headers.add(TLS_ONLY);
        }
    }
}
