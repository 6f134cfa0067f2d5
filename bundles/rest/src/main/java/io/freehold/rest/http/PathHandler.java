package io.freehold.rest.http;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers at fixed paths. It gets what it declares and nothing else, so that nothing is served that is not listed. */
public abstract non-sealed class PathHandler extends RoutedHandler {
    private final Problems problems;
    private final List<Route> routes;

    /**
     * @param routes what it answers, without parameters in their paths
     */
    protected PathHandler(Problems problems, List<Route> routes) {
        this.problems = problems;
        this.routes = List.copyOf(routes);
    }

    @Override
    public final List<Route> routes() {
        return routes;
    }

    @Override
    public final boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        List<String> methods = routes.stream()
                .filter(route -> route.path().equals(path))
                .map(Route::method)
                .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
                .toList();
        if (methods.isEmpty()) {
            return false;
        }
        if (methods.contains(request.getMethod())) {
            answer(request, response, callback);
        } else {
            problems.write(
                    request,
                    response,
                    callback,
                    Problem.of(405, "METHOD_NOT_ALLOWED", "This does not take the method " + request.getMethod() + ".")
                            .header("Allow", methods.stream().collect(Collectors.joining(", "))));
        }
        return true;
    }

    /** Answers a request for one of the routes. */
    protected abstract void answer(Request request, Response response, Callback callback);
}
