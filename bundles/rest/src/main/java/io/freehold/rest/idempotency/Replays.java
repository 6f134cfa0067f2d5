package io.freehold.rest.idempotency;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Secrets;
import io.freehold.api.storage.Migration;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.rest.json.Json;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a day which keyed requests were made and what was answered. Answers are stored sealed: one
 * may hold a password that is shown once.
 */
public final class Replays {
    private static final String NO_PROCESS = "none";
    private static final Duration KEPT = Duration.ofHours(24);

    private final Transactions transactions;
    private final Secrets secrets;
    private final Json json;
    private final Clock clock;
    /** Tells what is under way here from what a process that ended left unfinished. */
    private final String process = UUID.randomUUID().toString();

    public Replays(Transactions transactions, Secrets secrets, Json json, Clock clock) {
        this.transactions = transactions;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
        transactions.migrate("rest", List.of(Migration.of(Replays.class, "001-idempotency")));
    }

    /**
     * What was answered.
     *
     * @param body in Base64
     */
    record Answer(int status, Map<String, String> headers, String body) {}

    private record Stored(String fingerprint, @Nullable Answer answer) {}

    private record Row(String process, Stored stored) {}

    /**
     * Begins a request.
     *
     * @param fingerprint the same for requests that are the same
     * @return what was answered before; empty if the request is to be carried out now
     * @throws FreeholdException {@code CONFLICT} if it is under way, was left unfinished, or the key belongs
     *     to another request
     */
    Optional<Answer> begin(Principal principal, String key, String fingerprint) {
        Optional<Row> known = transactions.write(connection -> {
            long now = clock.millis();
            Sql.update(connection, "DELETE FROM rest_idempotency WHERE started_at < ?", now - KEPT.toMillis());
            return insert(connection, principal, key, new Stored(fingerprint, null), now)
                    ? Optional.<Row>empty()
                    : Optional.of(find(connection, principal, key));
        });
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Row row = known.get();
        if (!row.stored().fingerprint().equals(fingerprint)) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT, "IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key belongs to another request.");
        }
        if (row.stored().answer() == null) {
            throw row.process().equals(process)
                    ? new FreeholdException(
                            ErrorCode.CONFLICT, "IDEMPOTENCY_IN_FLIGHT", "The same request is being carried out.")
                    : new FreeholdException(
                            ErrorCode.CONFLICT,
                            "IDEMPOTENCY_OUTCOME_UNKNOWN",
                            "This request was begun before, and it is not known whether it took effect: see what"
                                    + " became of it, and use another key.");
        }
        return Optional.of(row.stored().answer());
    }

    /** Remembers what is being answered. */
    void finish(Principal principal, String key, String fingerprint, Answer answer) {
        String sealed = seal(principal, key, new Stored(fingerprint, answer));
        transactions.write(connection -> Sql.update(
                connection,
                "UPDATE rest_idempotency SET sealed = ? WHERE principal = ? AND request_key = ?",
                sealed,
                principal,
                key));
    }

    /** Remembers that a request failed, perhaps after its effect, so that nobody takes it for one under way. */
    void leaveUnknown(Principal principal, String key) {
        transactions.write(connection -> Sql.update(
                connection,
                "UPDATE rest_idempotency SET process = ? WHERE principal = ? AND request_key = ?",
                NO_PROCESS,
                principal,
                key));
    }

    /** Forgets a request that was refused, so that it can be made again. */
    void forget(Principal principal, String key) {
        transactions.write(connection -> Sql.update(
                connection, "DELETE FROM rest_idempotency WHERE principal = ? AND request_key = ?", principal, key));
    }

    private boolean insert(Connection connection, Principal principal, String key, Stored stored, long now)
            throws SQLException {
        return Sql.update(
                        connection,
                        "INSERT INTO rest_idempotency (principal, request_key, process, started_at, sealed)"
                                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        principal,
                        key,
                        process,
                        now,
                        seal(principal, key, stored))
                == 1;
    }

    private Row find(Connection connection, Principal principal, String key) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT process, sealed FROM rest_idempotency WHERE principal = ? AND request_key = ?",
                        row -> new Row(row.getString("process"), open(principal, key, row.getString("sealed"))),
                        principal,
                        key)
                .orElseThrow(() -> new FreeholdException(
                        ErrorCode.CONFLICT, "IDEMPOTENCY_IN_FLIGHT", "The same request was just carried out."));
    }

    private Stored open(Principal principal, String key, String sealed) {
        Secret opened = secrets.open(sealed, row(principal, key));
        return json.read(opened.reveal().getBytes(StandardCharsets.UTF_8), Stored.class);
    }

    private String seal(Principal principal, String key, Stored stored) {
        return secrets.seal(Secret.of(json.text(stored)), row(principal, key));
    }

    private static String row(Principal principal, String key) {
        return "rest_idempotency/" + principal + "/" + key;
    }
}
