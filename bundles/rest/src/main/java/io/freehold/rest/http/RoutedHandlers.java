package io.freehold.rest.http;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;

/**
 * All that is served at an address: each handler is asked in turn, and what none of them takes is not found. What
 * they serve is known of each, because no other handler can be put here.
 */
public final class RoutedHandlers extends Handler.Sequence implements Routed {
    private static final Comparator<Route> BY_PATH =
            Comparator.comparing(Route::path).thenComparing(Route::method).thenComparing(Route::kind);

    private final List<RoutedHandler> handlers;

    public RoutedHandlers(Problems problems, RoutedHandler... handlers) {
        super(Stream.concat(Arrays.stream(handlers), Stream.of(JettyServers.nothingHere(problems)))
                .toArray(Handler[]::new));
        this.handlers = List.of(handlers);
    }

    /** What they serve at this moment, by path. */
    @Override
    public List<Route> routes() {
        return handlers.stream()
                .flatMap(handler -> handler.routes().stream())
                .sorted(BY_PATH)
                .toList();
    }
}
