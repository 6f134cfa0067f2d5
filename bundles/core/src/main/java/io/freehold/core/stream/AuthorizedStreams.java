package io.freehold.core.stream;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Subscription;
import io.freehold.api.audit.Outcome;
import io.freehold.api.instance.InstanceStreams;
import io.freehold.api.instance.State;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.ConsoleAccess;
import io.freehold.api.provider.ConsoleOutput;
import io.freehold.api.provider.LogAccess;
import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.LogListener;
import io.freehold.api.provider.Metrics;
import io.freehold.api.provider.Sample;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.core.backend.Connection;
import io.freehold.core.backend.Connections;
import io.freehold.core.inventory.Entry;
import io.freehold.core.inventory.Inventory;
import io.freehold.core.util.Platform;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** What callers hear of running instances: authorized, with time limits, and ended when the backend goes. */
public final class AuthorizedStreams implements InstanceStreams {
    private static final int LONGEST_TAIL = 10_000;

    private final Inventory inventory;
    private final Connections connections;
    private final Meters meters;
    private final Typists typists = new Typists();
    private final Platform platform;

    public AuthorizedStreams(Inventory inventory, Connections connections, Platform platform) {
        this.inventory = inventory;
        this.connections = connections;
        this.meters = new Meters(inventory, connections, platform);
        this.platform = platform;
    }

    @Override
    public List<LogLine> logs(Caller caller, UUID id, int tail) {
        Entry entry = require(caller, id, Permissions.INSTANCE_OBSERVE);
        requireTail(tail);
        return connection(entry, LogAccess.class)
                .use(LogAccess.class, platform.timings().call(), logs -> logs.logs(entry.nativeId(), tail));
    }

    @Override
    public Subscription followLogs(Caller caller, UUID id, int tail, LogListener listener) {
        Entry entry = require(caller, id, Permissions.INSTANCE_OBSERVE);
        requireTail(tail);
        Connection connection = connection(entry, LogAccess.class);
        FollowedLog log = new FollowedLog(listener, platform.workers());
        Subscription kept = connection.keep(log::ended);
        boolean begun = false;
        try {
            log.begun(
                    connection.open(
                            LogAccess.class,
                            platform.timings().connect(),
                            logs -> logs.follow(entry.nativeId(), tail, log),
                            Subscription::close),
                    kept);
            begun = true;
        } finally {
            if (!begun) {
                kept.close();
                log.close();
            }
        }
        return log;
    }

    @Override
    public Console console(Caller caller, UUID id, ConsoleOutput output) {
        Entry entry = admitToConsole(caller, id);
        Connection connection = connection(entry, ConsoleAccess.class);
        record(caller, id, Outcome.INTENT, entry.instance().name());
        AttachedConsole console = new AttachedConsole(
                connection,
                output,
                typists.typist(caller.principal()),
                platform.workers(),
                platform.timings().connect());
        Subscription kept = connection.keep(() -> console.closed("The connection to the backend ended."));
        boolean begun = false;
        try {
            console.begun(
                    connection.open(
                            ConsoleAccess.class,
                            platform.timings().connect(),
                            access -> access.attach(entry.nativeId(), console),
                            Console::close),
                    kept);
            record(caller, id, Outcome.SUCCESS, "");
            begun = true;
        } catch (FreeholdException e) {
            record(caller, id, Outcome.FAILURE, String.valueOf(e.getMessage()));
            throw e;
        } finally {
            if (!begun) {
                kept.close();
                console.close();
            }
        }
        return console;
    }

    @Override
    public void requireConsole(Caller caller, UUID id) {
        admitToConsole(caller, id);
    }

    private Entry admitToConsole(Caller caller, UUID id) {
        Entry entry = require(caller, id, Permissions.INSTANCE_CONSOLE);
        if (!entry.instance().managed()) {
            require(caller, id, Permissions.INSTANCE_MANAGE_EXTERNAL);
        }
        return entry;
    }

    @Override
    public Sample stats(Caller caller, UUID id) {
        Entry entry = requireMeasured(caller, id);
        State state = entry.instance().state();
        if (state == State.STOPPED || state == State.FAILED) {
            throw new FreeholdException(ErrorCode.CONFLICT, "The instance does not run.");
        }
        return meters.use(entry, Meter::now);
    }

    @Override
    public Subscription followStats(Caller caller, UUID id, Consumer<Sample> listener) {
        return meters.use(requireMeasured(caller, id), meter -> meter.follow(listener));
    }

    private Entry requireMeasured(Caller caller, UUID id) {
        Entry entry = require(caller, id, Permissions.INSTANCE_OBSERVE);
        connection(entry, Metrics.class);
        return entry;
    }

    private Entry require(Caller caller, UUID id, Permission permission) {
        Entry entry = inventory.get(id);
        platform.authorizer()
                .require(caller, permission, Permissions.INSTANCE_READ, entry.scopes(), "instance", "instances/" + id);
        return entry;
    }

    private Connection connection(Entry entry, Class<?> capability) {
        Connection connection = connections.get(entry.instance().backendId());
        if (connection.isUp() && !connection.can(capability)) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT,
                    "UNSUPPORTED",
                    "Backend '" + connection.view().name() + "' does not offer that.");
        }
        return connection;
    }

    private void record(Caller caller, UUID id, Outcome outcome, String detail) {
        platform.audit().record(caller, "instance.console", "instances/" + id, outcome, detail);
    }

    private static void requireTail(int tail) {
        if (tail < 0 || tail > LONGEST_TAIL) {
            throw FreeholdException.invalid("tail", "must be from 0 to " + LONGEST_TAIL);
        }
    }
}
