package io.freehold.automation.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freehold.api.FreeholdException;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.automation.delivery.Message;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The alerts that were not delivered yet, in the database, so that they outlive a restart. */
public final class WaitingAlerts {
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final Transactions transactions;
    private final ObjectMapper json = new ObjectMapper();

    public WaitingAlerts(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * An alert for one channel.
     *
     * @param attempt how many attempts have failed
     */
    record Waiting(UUID channel, Message message, int attempt) {
        /** The same for every attempt. */
        String key() {
            return message.id() + " " + channel;
        }

        Waiting failed() {
            return new Waiting(channel, message, attempt + 1);
        }
    }

    /**
     * The oldest of them.
     *
     * @throws FreeholdException {@code UNAVAILABLE} if the database cannot be used, as all of these
     */
    List<Waiting> oldest(int count) {
        return transactions.read(connection -> Sql.all(
                connection, "SELECT * FROM automation_alert_waiting ORDER BY time, id LIMIT ?", this::row, count));
    }

    /** Adds one, or keeps how many attempts have failed. */
    void put(Waiting waiting) {
        Message message = waiting.message();
        transactions.write(connection -> Sql.update(
                connection,
                "INSERT INTO automation_alert_waiting (id, channel_id, type, time, title, text, data, attempt)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (id, channel_id) DO UPDATE SET attempt = excluded.attempt",
                message.id(),
                waiting.channel(),
                message.type(),
                message.time(),
                message.title(),
                message.text(),
                write(message.data()),
                waiting.attempt()));
    }

    void remove(Waiting waiting) {
        transactions.write(connection -> Sql.update(
                connection,
                "DELETE FROM automation_alert_waiting WHERE id = ? AND channel_id = ?",
                waiting.message().id(),
                waiting.channel()));
    }

    private Waiting row(ResultSet row) throws SQLException {
        return new Waiting(
                Sql.uuid(row, "channel_id"),
                new Message(
                        row.getString("id"),
                        row.getString("type"),
                        Sql.instant(row, "time"),
                        row.getString("title"),
                        row.getString("text"),
                        read(row.getString("data"))),
                row.getInt("attempt"));
    }

    private String write(Map<String, Object> data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers can be written", e);
        }
    }

    private Map<String, Object> read(String data) throws SQLException {
        try {
            return json.readValue(data, FIELDS);
        } catch (JsonProcessingException e) {
            throw new SQLException("A waiting alert was altered", e);
        }
    }
}
