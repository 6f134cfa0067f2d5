package io.freehold.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freehold.rest.http.ApiEndpoint;
import io.freehold.rest.http.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the admin socket answers. */
final class AdminViews {
    private AdminViews() {}

    /** How Freehold is. */
    record Status(
            String version,
            long pid,
            long uptimeSeconds,
            boolean serving,
            @Nullable String address,
            @JsonInclude(JsonInclude.Include.NON_NULL) ApiEndpoint.@Nullable Tls tls,
            List<String> features,
            Bundles bundles) {}

    /** How many bundles there are, fragments left out, and how many of them run. */
    record Bundles(int total, int active) {}

    /** One bundle. */
    record BundleView(long id, String symbolicName, String version, String state) {}

    /** All bundles. */
    record BundleList(List<BundleView> items) {}

    /** Everything that is served at the address, by path. */
    record RouteList(List<Route> items) {}

    /** What keeps a bundle from running, in words; no reasons if nothing does. */
    record Diagnosis(String symbolicName, String state, List<String> reasons) {}
}
