package io.freehold.rest.http;

import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.backend.BackendService;
import io.freehold.api.backend.Health;
import io.freehold.api.backend.RegisteredBackend;
import io.freehold.api.security.Caller;
import java.util.List;

/** How each part is, for clients that say who they are. Nothing here asks anything outside Freehold. */
public final class HealthDetails {
    private final List<String> services;
    private final BackendService backends;

    /**
     * @param services the services that are there, all of them: without any one nothing would be served
     */
    public HealthDetails(List<String> services, BackendService backends) {
        this.services = List.copyOf(services);
        this.backends = backends;
    }

    /** What is up and what is not. */
    record Details(String database, List<String> services, List<String> providers, Backends backends) {}

    /** How many backends there are that the caller may see, and how many of them can be reached. */
    record Backends(long total, long reachable) {}

    Details of(Caller caller, boolean databaseAnswers) {
        return new Details(
                databaseAnswers ? "UP" : "DOWN",
                services,
                backends.providers(caller).stream()
                        .map(provider -> provider.info().id())
                        .sorted()
                        .toList(),
                count(caller));
    }

    private Backends count(Caller caller) {
        long total = 0;
        long reachable = 0;
        String cursor = null;
        do {
            Page<RegisteredBackend> page = backends.list(caller, new PageRequest(PageRequest.MAX_LIMIT, cursor));
            total += page.items().size();
            reachable += page.items().stream()
                    .filter(backend -> backend.health().status() == Health.Status.UP)
                    .count();
            cursor = page.nextCursor();
        } while (cursor != null);
        return new Backends(total, reachable);
    }
}
