package io.freehold.rest.console;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.event.Event;
import io.freehold.api.event.EventBus;
import io.freehold.api.event.EventListener;
import io.freehold.api.event.EventType;
import io.freehold.api.event.Position;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.InstanceService;
import io.freehold.api.instance.InstanceStreams;
import io.freehold.api.instance.State;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.rest.http.Api;
import io.freehold.rest.http.HostCheck;
import io.freehold.rest.http.Problem;
import io.freehold.rest.http.Problems;
import io.freehold.rest.http.RequestContext;
import io.freehold.rest.http.Route;
import io.freehold.rest.http.WebSockets;
import io.freehold.rest.jersey.Workers;
import io.freehold.rest.json.Json;
import io.freehold.rest.limit.Allowance;
import io.freehold.rest.stream.EventStreams;
import io.freehold.rest.stream.Guard;
import io.freehold.rest.stream.Kept;
import io.freehold.rest.stream.LiveConnections;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * Opens consoles at {@code /api/v1/instances/{id}/console}. The console is attached before the protocol is
 * switched, so that a client that may not, or cannot, is told by an ordinary HTTP status.
 */
public final class ConsoleRoute implements Api.WebSocketRoute {
    private static final Route ROUTE =
            new Route(Route.Kind.WEBSOCKET, "GET", Api.BASE + "instances/{id}/console", false, null, null);
    private static final Pattern PATH =
            Pattern.compile(ROUTE.path().replace("{id}", "([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"));
    private static final int MAX_MESSAGE_BYTES = 64 * 1024;

    private static final Duration IDLE = Duration.ofSeconds(90);

    private final InstanceService instances;
    private final InstanceStreams streams;
    private final EventBus bus;
    private final EventStreams guards;
    private final LiveConnections connections;
    private final ConsoleMessages messages;
    private final Problems problems;
    private final HostCheck hosts;
    private final Workers attaching;
    private final Workers typing;
    private final ServerWebSocketContainer container;
    private final Allowance allowance;

    /**
     * @param attaching runs what connects to a backend
     * @param typing runs what hands input to one
     * @param allowance how many consoles each principal may have
     */
    public ConsoleRoute(
            InstanceService instances,
            InstanceStreams streams,
            EventBus bus,
            EventStreams guards,
            LiveConnections connections,
            Json json,
            Problems problems,
            HostCheck hosts,
            Workers attaching,
            Workers typing,
            Allowance allowance,
            ServerWebSocketContainer container) {
        this.instances = instances;
        this.streams = streams;
        this.bus = bus;
        this.guards = guards;
        this.connections = connections;
        this.messages = new ConsoleMessages(json);
        this.problems = problems;
        this.hosts = hosts;
        this.attaching = attaching;
        this.typing = typing;
        this.allowance = allowance;
        this.container = container;
        container.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
        container.setMaxFrameSize(MAX_MESSAGE_BYTES);
        container.setIdleTimeout(IDLE);
    }

    /** The instance whose console is at the path; empty if that is no console's. */
    public static Optional<UUID> instance(String path) {
        Matcher console = PATH.matcher(path);
        return console.matches() ? Optional.of(UUID.fromString(console.group(1))) : Optional.empty();
    }

    @Override
    public List<Route> routes() {
        return List.of(ROUTE);
    }

    @Override
    public boolean open(Request request, Response response, Callback callback, RequestContext context) {
        Optional<UUID> instance = instance(request.getHttpURI().getPath());
        if (instance.isEmpty()) {
            return false;
        }
        Caller caller = context.requireCaller();
        if (!hosts.knownOrigin(request)) {
            throw new FreeholdException(ErrorCode.DENIED, "WRONG_ORIGIN", "A page of another origin may not do that.");
        }
        if (!WebSockets.hasKey(request)) {
            throw new FreeholdException(ErrorCode.MALFORMED, "This is no WebSocket handshake.");
        }
        try {
            attaching.execute(() -> attach(request, response, callback, caller, instance.get()));
        } catch (RejectedExecutionException e) {
            throw Workers.busy();
        }
        return true;
    }

    private void attach(Request request, Response response, Callback callback, Caller caller, UUID id) {
        ConsoleSocket socket = null;
        try {
            Instance instance = instances.get(caller, id);
            socket = new ConsoleSocket(
                    messages,
                    guards.guard(caller, Kept.console(instance, instances)),
                    connections,
                    typing,
                    () -> whyEnded(caller, id));
            socket.hold(allowance.enter(caller.principal()));
            socket.attach(streams.console(caller, id, socket));
            socket.send(messages.state(instance.state()));
            socket.hold(bus.subscribe(caller, new StateFollower(socket, id)));
            followStats(socket, caller, instance);
            socket.opening();
            ConsoleSocket opened = socket;
            boolean upgrading = container.upgrade(
                    (upgradeRequest, upgradeResponse, upgradeCallback) -> {
                        if (WebSockets.offersProtocol(request)) {
                            upgradeResponse.setAcceptedSubProtocol(WebSockets.PROTOCOL);
                        }
                        return opened;
                    },
                    request,
                    response,
                    callback);
            if (!upgrading) {
                socket.close(ConsoleSocket.FAULT, "");
                problems.write(
                        request, response, callback, Problem.of(400, "MALFORMED", "This is no WebSocket handshake."));
            }
        } catch (RuntimeException e) {
            if (socket != null) {
                socket.close(ConsoleSocket.FAULT, "");
            }
            problems.write(request, response, callback, Problems.of(e));
        }
    }

    private void followStats(ConsoleSocket socket, Caller caller, Instance instance) {
        Guard measured = guards.guard(caller, new Kept(Permissions.INSTANCE_OBSERVE, instance, instances));
        try {
            socket.hold(streams.followStats(caller, instance.id(), sample -> {
                if (measured.holds()) {
                    socket.sendUnlessBehind(messages.stats(sample));
                }
            }));
        } catch (FreeholdException e) {
            // A console is a console without measurements too: they take a permission and a capability of their own.
        }
    }

    /** 1000 if the instance itself has ended; 1012, which asks for another try, if only the connection has. */
    private int whyEnded(Caller caller, UUID id) {
        try {
            Instance instance = instances.get(caller, id);
            boolean runs = instance.state() == State.RUNNING || instance.state() == State.STARTING;
            return instance.stale() || runs ? ConsoleSocket.RESTART : ConsoleSocket.NORMAL;
        } catch (FreeholdException e) {
            return e.code() == ErrorCode.NOT_FOUND ? ConsoleSocket.NORMAL : ConsoleSocket.FAULT;
        }
    }

    /** Shows the client what state the instance comes to. */
    private final class StateFollower implements EventListener {
        private final ConsoleSocket socket;
        private final UUID id;
        private State shown = State.UNKNOWN;

        StateFollower(ConsoleSocket socket, UUID id) {
            this.socket = socket;
            this.id = id;
        }

        @Override
        public void onEvent(Event event) {
            if (event.type() == EventType.INSTANCE_CHANGED
                    && event.body() instanceof Instance instance
                    && instance.id().equals(id)
                    && instance.state() != shown) {
                shown = instance.state();
                socket.send(messages.state(shown));
            }
        }

        @Override
        public void onReset(Position now) {
            // The next change shows the state anew.
            shown = State.UNKNOWN;
        }
    }
}
