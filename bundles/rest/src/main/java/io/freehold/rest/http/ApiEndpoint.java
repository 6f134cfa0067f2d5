package io.freehold.rest.http;

import java.util.List;
import java.util.Optional;

/** The API while it is served, for other listeners of this bundle. Registered with {@value #ADDRESS}. */
public interface ApiEndpoint {
    /** The service property that says where the API is served, such as {@code http://127.0.0.1:8080}. */
    String ADDRESS = "freehold.address";

    Api api();

    /** Where TLS is spoken; empty if nowhere. */
    Optional<Tls> tls();

    /**
     * Where TLS is spoken, and as whom.
     *
     * @param fingerprint the SHA-256 of the certificate
     */
    record Tls(String address, String fingerprint) {}

    /** Everything that is served at the address at this moment, by path. */
    List<Route> routes();
}
