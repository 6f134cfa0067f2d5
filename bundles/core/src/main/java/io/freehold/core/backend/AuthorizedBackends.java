package io.freehold.core.backend;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.audit.Outcome;
import io.freehold.api.backend.BackendService;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.backend.RegisteredBackend;
import io.freehold.api.event.EventType;
import io.freehold.api.security.Access;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.core.event.Audience;
import io.freehold.core.event.Events;
import io.freehold.core.project.Departures;
import io.freehold.core.util.Cursor;
import io.freehold.core.util.Platform;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What callers do with backends: authorized, recorded, and connected before it is answered. */
final class AuthorizedBackends implements BackendService {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizedBackends.class);
    private static final String ORDER = "name";
    private static final Comparator<RegisteredBackend> BY_NAME =
            Comparator.comparing(RegisteredBackend::name).thenComparing(RegisteredBackend::id);

    private final Connections connections;
    private final Configurations configurations;
    private final Opener opener;
    private final BackendStore store;
    private final Departures departures;
    private final Events events;
    private final Platform platform;
    private final Predicate<UUID> busy;

    /**
     * @param busy whether operations run on a backend
     */
    AuthorizedBackends(
            Connections connections,
            Configurations configurations,
            Opener opener,
            BackendStore store,
            Departures departures,
            Events events,
            Platform platform,
            Predicate<UUID> busy) {
        this.connections = connections;
        this.configurations = configurations;
        this.opener = opener;
        this.store = store;
        this.departures = departures;
        this.events = events;
        this.platform = platform;
        this.busy = busy;
    }

    @Override
    public List<InstalledProvider> providers(Caller caller) {
        Access access = platform.authorizer().access(caller);
        boolean mayKnow =
                access.allowsSomewhere(Permissions.BACKEND_READ) || access.allowsSomewhere(Permissions.BACKEND_CREATE);
        return mayKnow ? connections.providers().all() : List.of();
    }

    @Override
    public Page<RegisteredBackend> list(Caller caller, PageRequest page) {
        Access access = platform.authorizer().access(caller);
        List<RegisteredBackend> visible = connections.all().stream()
                .map(Connection::view)
                .filter(backend -> access.allows(Permissions.BACKEND_READ, scopes(backend.id())))
                .sorted(BY_NAME)
                .toList();
        Cursor cursor = page.cursor() == null ? null : Cursor.decode(page.cursor(), ORDER);
        List<RegisteredBackend> rest = cursor == null
                ? visible
                : visible.stream().filter(backend -> isAfter(backend, cursor)).toList();
        List<RegisteredBackend> items = rest.stream().limit(page.limit()).toList();
        RegisteredBackend last = items.size() < rest.size() ? items.get(items.size() - 1) : null;
        return new Page<>(
                items, last == null ? null : new Cursor(ORDER, last.name(), last.id()).encode(), visible.size());
    }

    @Override
    public RegisteredBackend get(Caller caller, UUID id) {
        Connection connection = connections.get(id);
        if (!platform.authorizer().access(caller).allows(Permissions.BACKEND_READ, scopes(id))) {
            throw FreeholdException.notFound("backend");
        }
        return connection.view();
    }

    @Override
    public RegisteredBackend create(Caller caller, NewBackend request) {
        platform.authorizer().require(caller, Permissions.BACKEND_CREATE, "backends");
        long deadline = System.nanoTime() + platform.timings().connect().toNanos();
        Providers.Installed installed = connections.providers().require(request.provider());
        UUID id = platform.ids().next();
        Configurations.Parts parts = configurations.takeApart(
                id, installed.description().info().configuration(), request.config(), Configurations.Parts.NONE);
        BackendRow row = new BackendRow(
                id,
                request.provider(),
                requireName(request.name()),
                parts.config(),
                parts.secrets(),
                platform.clock().instant(),
                1);
        requireNameIsFree(row);
        Calls calls = opener.calls(row.name());
        Opened opened = open(row, installed, calls);
        keepOrClose(opened, () -> platform.transactions().write(connection -> {
            store.insert(connection, row);
            platform.audit().record(caller, "backend.create", resource(id), Outcome.SUCCESS, row.name());
            return row;
        }));
        await(connections.add(row, calls, opened), deadline);
        return connections.get(id).view();
    }

    @Override
    public RegisteredBackend update(Caller caller, UUID id, NewBackend request, long version) {
        BackendRow old = require(caller, Permissions.BACKEND_UPDATE, id).row();
        long deadline = System.nanoTime() + platform.timings().connect().toNanos();
        if (!request.provider().equals(old.provider())) {
            throw FreeholdException.invalid("provider", "cannot be changed; create another backend");
        }
        if (old.version() != version) {
            throw BackendStore.outOfDate();
        }
        Providers.Installed installed = connections.providers().require(old.provider());
        Configurations.Parts parts = configurations.takeApart(
                id,
                installed.description().info().configuration(),
                request.config(),
                new Configurations.Parts(old.config(), old.secrets()));
        BackendRow row = new BackendRow(
                id,
                old.provider(),
                requireName(request.name()),
                parts.config(),
                parts.secrets(),
                old.createdAt(),
                version + 1);
        requireNameIsFree(row);
        Opened opened = open(row, installed, connections.get(id).calls());
        keepOrClose(opened, () -> platform.transactions().write(connection -> {
            store.update(connection, row);
            platform.audit().record(caller, "backend.update", resource(id), Outcome.SUCCESS, row.name());
            return row;
        }));
        await(connections.reconfigure(row, opened), deadline);
        return connections.get(id).view();
    }

    @Override
    public void delete(Caller caller, UUID id) {
        Connection connection = require(caller, Permissions.BACKEND_DELETE, id);
        RegisteredBackend last = connection.view();
        connection.retired(true);
        boolean deleted = false;
        try {
            if (busy.test(id)) {
                throw new FreeholdException(
                        ErrorCode.CONFLICT,
                        "BACKEND_BUSY",
                        "Operations run on this backend; wait for them or cancel them.");
            }
            platform.transactions().write(database -> {
                departures.backend(database, caller, id, connections.instances(id));
                store.delete(database, id);
                platform.audit().record(caller, "backend.delete", resource(id), Outcome.SUCCESS, last.name());
                return id;
            });
            deleted = true;
        } finally {
            connection.retired(deleted);
        }
        connections.remove(id);
        events.publish(
                EventType.BACKEND_REMOVED,
                platform.revisions().next(),
                last,
                Audience.holding(Permissions.BACKEND_READ, scopes(id)));
    }

    @Override
    public ConnectionTest test(Caller caller, UUID id) {
        Connection connection = require(caller, Permissions.BACKEND_TEST, id);
        long begin = System.nanoTime();
        ConnectionTest result;
        try {
            BackendRow row = connection.row();
            Opened opened = opener.open(
                    row, connections.providers().require(row.provider()), connection.calls(), Calls.Lane.CALLERS);
            platform.workers().runAnyhow(opened::close);
            result = new ConnectionTest(true, "Connected to " + opened.info().product() + ".", millisSince(begin));
        } catch (FreeholdException e) {
            result = new ConnectionTest(false, String.valueOf(e.getMessage()), millisSince(begin));
        }
        platform.audit()
                .record(
                        caller,
                        "backend.test",
                        resource(id),
                        result.ok() ? Outcome.SUCCESS : Outcome.FAILURE,
                        result.message());
        return result;
    }

    private Connection require(Caller caller, Permission permission, UUID id) {
        Connection connection = connections.get(id);
        platform.authorizer()
                .require(caller, permission, Permissions.BACKEND_READ, scopes(id), "backend", resource(id));
        return connection;
    }

    /** Opens for a request: what the provider says is wrong is wrong with the configuration. */
    private Opened open(BackendRow row, Providers.Installed installed, Calls calls) {
        try {
            return opener.open(row, installed, calls, Calls.Lane.CALLERS);
        } catch (FreeholdException e) {
            if (e.code() == ErrorCode.INTERNAL) {
                LOG.warn("Backend '{}' could not be opened", row.name(), e);
            }
            throw Configurations.violation(e);
        }
    }

    private void keepOrClose(Opened opened, Runnable keeping) {
        boolean kept = false;
        try {
            keeping.run();
            kept = true;
        } finally {
            if (!kept) {
                platform.workers().runAnyhow(opened::close);
            }
        }
    }

    /** Lets the first reading finish, so that the answer shows what is there; when the time is up it shows that too. */
    private static void await(CompletableFuture<Boolean> settled, long deadline) {
        try {
            settled.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.debug("A backend is connected and not read yet");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is never completed so", e);
        }
    }

    /** Spares a connection that would be for nothing; the database decides. */
    private void requireNameIsFree(BackendRow row) {
        platform.transactions().read(connection -> {
            BackendStore.requireFreeName(connection, row);
            return row;
        });
    }

    private static String requireName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > 100 || stripped.chars().anyMatch(Character::isISOControl)) {
            throw FreeholdException.invalid("name", "must be 1 to 100 characters");
        }
        return stripped;
    }

    private static boolean isAfter(RegisteredBackend backend, Cursor cursor) {
        int byName = backend.name().compareTo(cursor.key());
        return byName > 0 || (byName == 0 && backend.id().compareTo(cursor.id()) > 0);
    }

    private static long millisSince(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }

    private static List<Scope> scopes(UUID id) {
        return List.of(Scope.backend(id));
    }

    private static String resource(UUID id) {
        return "backends/" + id;
    }
}
