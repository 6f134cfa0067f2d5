package io.freehold.automation.alert;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.alert.AlertChannel;
import io.freehold.api.alert.AlertService;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.storage.Transactions;
import io.freehold.automation.delivery.Message;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The channels as the API offers them; every change commits with its audit entry. */
public final class AlertChannels implements AlertService {
    /** How many there may be. */
    static final int MAX = 20;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final ChannelBook book;
    private final Clock clock;

    public AlertChannels(
            Transactions transactions, Authorizer authorizer, AuditLog audit, ChannelBook book, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.audit = audit;
        this.book = book;
        this.clock = clock;
    }

    @Override
    public List<AlertChannel> list(Caller caller) {
        authorizer.require(caller, Permissions.ALERT_READ, "alert-channels");
        return book.all().stream().map(book::view).toList();
    }

    @Override
    public AlertChannel get(Caller caller, UUID id) {
        authorizer.require(caller, Permissions.ALERT_READ, resource(id));
        return book.view(find(id));
    }

    @Override
    public AlertChannel create(Caller caller, AlertChannel.Settings settings, @Nullable Secret secret) {
        authorizer.require(caller, Permissions.ALERT_MANAGE, "alert-channels");
        ChannelCheck.check(settings, secret);
        UUID id = UUID.randomUUID();
        String sealed = secret == null ? null : book.seal(secret, id);
        return book.view(transactions.write(connection -> {
            if (ChannelBook.count(connection) >= MAX) {
                throw new FreeholdException(ErrorCode.CONFLICT, "There are " + MAX + " channels; remove one first.");
            }
            return save(connection, caller, "alert-channel.create", new ChannelBook.Channel(id, settings, sealed, 1));
        }));
    }

    @Override
    public AlertChannel update(
            Caller caller, UUID id, AlertChannel.Settings settings, @Nullable Secret secret, long version) {
        authorizer.require(caller, Permissions.ALERT_MANAGE, resource(id));
        ChannelCheck.check(settings, secret);
        return book.view(transactions.write(connection -> {
            ChannelBook.Channel before = stored(connection, id);
            if (before.version() != version) {
                throw stale();
            }
            String sealed = secret != null
                    ? book.seal(secret, id)
                    : sameTarget(before.settings(), settings) ? before.sealed() : null;
            return save(
                    connection,
                    caller,
                    "alert-channel.update",
                    new ChannelBook.Channel(id, settings, sealed, version + 1));
        }));
    }

    /** Whoever sends a secret elsewhere must know it. */
    private static boolean sameTarget(AlertChannel.Settings before, AlertChannel.Settings now) {
        return before.type() == now.type()
                && before.url().equals(now.url())
                && before.username().equals(now.username());
    }

    private ChannelBook.Channel save(Connection connection, Caller caller, String action, ChannelBook.Channel channel)
            throws SQLException {
        book.put(connection, channel);
        audit.record(
                caller,
                action,
                resource(channel.id()),
                Outcome.SUCCESS,
                channel.settings().type() + " '" + channel.settings().name() + "'");
        return channel;
    }

    @Override
    public void delete(Caller caller, UUID id) {
        authorizer.require(caller, Permissions.ALERT_MANAGE, resource(id));
        transactions.write(connection -> {
            ChannelBook.Channel channel = stored(connection, id);
            book.remove(connection, id);
            audit.record(
                    caller,
                    "alert-channel.delete",
                    resource(id),
                    Outcome.SUCCESS,
                    "'" + channel.settings().name() + "'");
            return channel;
        });
    }

    @Override
    public String test(Caller caller, UUID id) {
        authorizer.require(caller, Permissions.ALERT_MANAGE, resource(id));
        find(id);
        audit.record(caller, "alert-channel.test", resource(id), Outcome.INTENT, "");
        String problem = "";
        try {
            book.deliver(
                    id,
                    new Message(
                            UUID.randomUUID().toString(),
                            "io.freehold.alert.test",
                            clock.instant(),
                            "Freehold: a test of this channel",
                            "It works: alerts come this way.\n",
                            Map.of("event", "test")));
        } catch (IOException | FreeholdException e) {
            problem = e.getMessage() == null ? "it failed" : e.getMessage();
        }
        audit.record(
                caller,
                "alert-channel.test",
                resource(id),
                problem.isEmpty() ? Outcome.SUCCESS : Outcome.FAILURE,
                problem);
        return problem;
    }

    private ChannelBook.Channel find(UUID id) {
        return book.find(id).orElseThrow(AlertChannels::none);
    }

    /** As it is in the running transaction; what is in memory follows after the commit. */
    private static ChannelBook.Channel stored(Connection connection, UUID id) throws SQLException {
        return ChannelBook.find(connection, id).orElseThrow(AlertChannels::none);
    }

    private static FreeholdException none() {
        return FreeholdException.notFound("alert channel");
    }

    private static FreeholdException stale() {
        return new FreeholdException(ErrorCode.STALE, "The channel has changed since. Read it again.");
    }

    private static String resource(UUID id) {
        return "alert-channels/" + id;
    }
}
