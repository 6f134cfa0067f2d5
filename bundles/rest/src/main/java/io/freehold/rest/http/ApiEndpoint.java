package io.freehold.rest.http;

import java.util.List;

/** The API while it is served, for other listeners of this bundle. Registered with {@value #ADDRESS}. */
public interface ApiEndpoint {
    /** The service property that says where the API is served, such as {@code http://127.0.0.1:8080}. */
    String ADDRESS = "freehold.address";

    Api api();

    /** Everything that is served at the address at this moment, by path. */
    List<Route> routes();
}
