package io.freehold.rest;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.rest.console.ConsoleRoute;
import io.freehold.rest.http.Api;
import io.freehold.rest.http.ApiEndpoint;
import io.freehold.rest.http.CredentialGate;
import io.freehold.rest.http.Entrance;
import io.freehold.rest.http.FrontHandler;
import io.freehold.rest.http.HealthDetails;
import io.freehold.rest.http.HealthHandler;
import io.freehold.rest.http.HostCheck;
import io.freehold.rest.http.JettyServers;
import io.freehold.rest.http.Problems;
import io.freehold.rest.http.Readiness;
import io.freehold.rest.http.Route;
import io.freehold.rest.http.RoutedHandlers;
import io.freehold.rest.http.SecurityTxt;
import io.freehold.rest.idempotency.IdempotencyFilter;
import io.freehold.rest.idempotency.Replays;
import io.freehold.rest.jersey.JerseyHandler;
import io.freehold.rest.jersey.Workers;
import io.freehold.rest.json.Json;
import io.freehold.rest.limit.Allowance;
import io.freehold.rest.limit.RefusedRequests;
import io.freehold.rest.permission.PermissionFeature;
import io.freehold.rest.permission.Things;
import io.freehold.rest.plugin.Mounted;
import io.freehold.rest.resource.Routes;
import io.freehold.rest.resource.Services;
import io.freehold.rest.stream.EventStreams;
import io.freehold.rest.stream.LiveConnections;
import io.freehold.rest.tls.TlsListener;
import io.freehold.rest.tls.TlsSettings;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

/** The listening server with everything that it serves. */
final class HttpServer implements AutoCloseable {
    private static final int MAX_THREADS = 64;
    private static final int MAX_SLOW_CALLS = 48;
    private static final int MAX_HASHING_CALLS = 32;

    private final Workers slow = new Workers("http-slow", MAX_SLOW_CALLS);
    private final Workers hashing = new Workers("http-sign-in", MAX_HASHING_CALLS);
    private final Workers typing = new Workers("http-typing", MAX_SLOW_CALLS);
    private final LiveConnections connections = new LiveConnections(System::nanoTime);
    private final Server server;
    private final ServerConnector connector;
    private final @Nullable TlsListener tls;
    private final JerseyHandler jersey;
    private final Api api;
    private final RoutedHandlers handlers;
    private final HttpSettings settings;

    /**
     * @param plugins what plugins serve
     * @param replays what was answered to requests with keys
     * @param data where uploads are kept while they arrive
     */
    HttpServer(HttpSettings settings, Services services, String version, Mounted plugins, Replays replays, Path data) {
        this.settings = settings;
        Json json = new Json();
        Problems problems = new Problems(json);
        TlsSettings secure = settings.tls();
        HostCheck hosts = new HostCheck(
                secure == null ? List.of(settings.host()) : List.of(settings.host(), secure.host()),
                settings.publicUrl(),
                settings.cors());
        EventStreams streams = new EventStreams(
                services.authenticator(),
                services.authorizer(),
                connections,
                new Allowance("streams", settings.open().streams()));
        server = JettyServers.create("http", MAX_THREADS, problems);
        connector = JettyServers.listen(server, settings.host(), settings.port());
        tls = secure == null ? null : TlsListener.add(server, secure, settings.publicHost());
        jersey = new JerseyHandler(
                Api.BASE,
                Routes.of(services, json, streams, slow, hashing, plugins, version, settings.features()),
                new PermissionFeature(services.authorizer(), things(services), Permissions.ALL),
                Set.of(IdempotencyFilter.forPosts(replays)),
                json,
                problems);
        ConsoleRoute consoles = new ConsoleRoute(
                services.instances(),
                services.streams(),
                services.events(),
                streams,
                connections,
                json,
                problems,
                hosts,
                slow,
                typing,
                new Allowance("consoles", settings.open().consoles()),
                ServerWebSocketContainer.ensure(server));
        Entrance entrance = new Entrance(settings.limits(), new RefusedRequests(services.audit(), System::nanoTime));
        api = new Api(
                problems,
                consoles,
                new Applications(jersey, plugins),
                caller -> services.authorizer().require(caller, Permissions.PLUGIN_MANAGE, "plugins"),
                settings.openRoutes(),
                entrance,
                data);
        CredentialGate gate = new CredentialGate(services.authenticator(), hosts);
        handlers = new RoutedHandlers(
                problems,
                api.behind(gate),
                new HealthHandler(
                        problems,
                        new Readiness(services.transactions(), slow),
                        gate,
                        entrance,
                        new HealthDetails(services.names(), services.backends()),
                        json),
                new SecurityTxt(problems, settings.securityContact(), settings.publicUrl(), Clock.systemUTC()));
        server.setHandler(FrontHandler.of(handlers, problems, hosts, settings.proxies(), settings.cors()));
    }

    private static Things things(Services services) {
        return new Things(Map.of(
                "instances", (caller, id) -> isFound(() -> services.instances().get(caller, id)),
                "groups", (caller, id) -> services.authorizer().access(caller).allows(Permissions.GROUP_READ),
                "projects", (caller, id) -> isFound(() -> services.projects().get(caller, id)),
                "backends", (caller, id) -> isFound(() -> services.backends().get(caller, id)),
                "users",
                        (caller, id) -> services.authorizer().access(caller).allows(Permissions.USER_READ)
                                || caller.principal().equals(new Principal(Principal.Type.USER, id.toString()))));
    }

    private static boolean isFound(Supplier<?> thing) {
        try {
            return thing.get() != null;
        } catch (FreeholdException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Begins to listen.
     *
     * @throws FreeholdException with one line that says why it cannot
     */
    void start() {
        try {
            server.start();
        } catch (IOException e) {
            FreeholdException failure = notListening(e);
            close();
            throw failure;
        } catch (Exception e) {
            close();
            throw new IllegalStateException("The HTTP server did not start", e);
        }
    }

    /** Which of the two sockets cannot be opened, Jetty says by its port alone. */
    private FreeholdException notListening(IOException e) {
        TlsSettings secure = settings.tls();
        if (secure != null && String.valueOf(e.getMessage()).endsWith(":" + secure.port())) {
            return notListening("https", secure.host(), secure.port(), e);
        }
        return notListening("http", settings.host(), settings.port(), e);
    }

    private static FreeholdException notListening(String scheme, String host, int port, IOException e) {
        return new FreeholdException(
                ErrorCode.UNAVAILABLE,
                e instanceof BindException || e.getCause() instanceof BindException
                        ? "Port " + port + " on " + host + " is already in use: set " + scheme
                                + ".port in etc/freehold.cfg or FREEHOLD_" + scheme.toUpperCase(Locale.ROOT) + "_PORT"
                        : "Cannot listen on port " + port + " of " + host + ": " + e.getMessage(),
                e);
    }

    /** Where it listens, such as {@code http://127.0.0.1:8080}. */
    String address() {
        return JettyServers.address("http", settings.host(), connector.getLocalPort());
    }

    /** Where it speaks TLS; empty if it does not. */
    Optional<ApiEndpoint.Tls> tls() {
        return Optional.ofNullable(tls)
                .map(listener -> new ApiEndpoint.Tls(listener.address(), listener.fingerprint()));
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Ends at once what is open and no longer allowed; called when somebody's rights may have changed. */
    void recheck() {
        connections.check();
    }

    Api api() {
        return api;
    }

    List<Route> routes() {
        return handlers.routes();
    }

    /** Ends streams and consoles, lets requests end, and stops listening. */
    @Override
    public void close() {
        connector.close();
        if (tls != null) {
            tls.connector().close();
        }
        connections.close();
        jersey.close();
        slow.close();
        hashing.close();
        typing.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server did not stop as it should", e);
        }
    }
}
