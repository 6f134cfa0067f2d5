package io.freehold.automation.alert;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.alert.AlertChannel;
import io.freehold.api.alert.AlertEvent;
import io.freehold.api.security.Secrets;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.automation.delivery.Delivery;
import io.freehold.automation.delivery.Message;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The channels, in the database and in memory, so that an alert waits for no query. */
public final class ChannelBook {
    private final Transactions transactions;
    private final Secrets secrets;
    private final Delivery delivery;
    private final Clock clock;
    private final Map<UUID, Channel> channels = new ConcurrentHashMap<>();
    private final Map<UUID, State> states = new ConcurrentHashMap<>();

    /** Reads them. */
    public ChannelBook(Transactions transactions, Secrets secrets, Delivery delivery, Clock clock) {
        this.transactions = transactions;
        this.secrets = secrets;
        this.delivery = delivery;
        this.clock = clock;
        transactions
                .read(connection -> Sql.all(connection, "SELECT * FROM automation_alert_channel", ChannelBook::row))
                .forEach(channel -> channels.put(channel.id(), channel));
    }

    /** One of them with its sealed secret, in the version that is to be or that is. */
    record Channel(
            UUID id,
            AlertChannel.Settings settings,
            @Nullable String sealed,
            long version) {}

    private record State(@Nullable Instant deliveredAt, String problem) {}

    List<Channel> all() {
        return channels.values().stream()
                .sorted(Comparator.comparing(
                                (Channel channel) -> channel.settings().name())
                        .thenComparing(Channel::id))
                .toList();
    }

    List<Channel> wanting(AlertEvent event) {
        return channels.values().stream()
                .filter(channel -> channel.settings().events().contains(event))
                .toList();
    }

    Optional<Channel> find(UUID id) {
        return Optional.ofNullable(channels.get(id));
    }

    /** One of them as it is in the running transaction. */
    static Optional<Channel> find(Connection connection, UUID id) throws SQLException {
        return Sql.first(connection, "SELECT * FROM automation_alert_channel WHERE id = ?", ChannelBook::row, id);
    }

    /** How many there are in the running transaction. */
    static long count(Connection connection) throws SQLException {
        return Sql.number(connection, "SELECT COUNT(*) FROM automation_alert_channel");
    }

    AlertChannel view(Channel channel) {
        State state = states.getOrDefault(channel.id(), new State(null, ""));
        return new AlertChannel(
                channel.id(),
                channel.settings(),
                channel.sealed() != null,
                state.deliveredAt(),
                state.problem(),
                channel.version());
    }

    /** Writes one in the running transaction; it counts once that is durable. */
    void put(Connection connection, Channel channel) throws SQLException {
        AlertChannel.Settings settings = channel.settings();
        Sql.update(
                connection,
                "INSERT INTO automation_alert_channel (id, name, type, url, username, sender, recipient, events,"
                        + " secret, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                        + " name = excluded.name, type = excluded.type, url = excluded.url,"
                        + " username = excluded.username, sender = excluded.sender,"
                        + " recipient = excluded.recipient, events = excluded.events, secret = excluded.secret,"
                        + " version = excluded.version",
                channel.id(),
                settings.name(),
                settings.type(),
                settings.url(),
                settings.username(),
                settings.from(),
                settings.to(),
                settings.events().stream().map(AlertEvent::id).sorted().collect(Collectors.joining(",")),
                channel.sealed(),
                channel.version());
        transactions.afterCommit(() -> {
            channels.put(channel.id(), channel);
            states.remove(channel.id());
        });
    }

    void remove(Connection connection, UUID id) throws SQLException {
        Sql.update(connection, "DELETE FROM automation_alert_channel WHERE id = ?", id);
        transactions.afterCommit(() -> {
            channels.remove(id);
            states.remove(id);
        });
    }

    String seal(Secret secret, UUID id) {
        return secrets.seal(secret, row(id));
    }

    /**
     * Delivers a message; nothing happens if the channel has gone.
     *
     * @throws IOException why it was not taken, for people
     */
    void deliver(UUID id, Message message) throws IOException {
        Channel channel = channels.get(id);
        if (channel == null) {
            return;
        }
        try {
            Secret secret = channel.sealed() == null ? null : secrets.open(channel.sealed(), row(id));
            delivery.send(channel.settings(), secret, message);
            states.put(id, new State(clock.instant(), ""));
        } catch (IOException | FreeholdException e) {
            State before = states.get(id);
            String problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            states.put(id, new State(before == null ? null : before.deliveredAt(), problem));
            throw e;
        }
    }

    private static String row(UUID id) {
        return "alert-channels/" + id + "/secret";
    }

    private static Channel row(ResultSet row) throws SQLException {
        Set<AlertEvent> events = Arrays.stream(row.getString("events").split(",", -1))
                .map(AlertEvent::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return new Channel(
                Sql.uuid(row, "id"),
                new AlertChannel.Settings(
                        row.getString("name"),
                        AlertChannel.Type.valueOf(row.getString("type")),
                        row.getString("url"),
                        row.getString("username"),
                        row.getString("sender"),
                        row.getString("recipient"),
                        events),
                row.getString("secret"),
                row.getLong("version"));
    }
}
