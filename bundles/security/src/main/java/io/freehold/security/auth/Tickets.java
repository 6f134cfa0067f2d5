package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Caller;
import io.freehold.api.security.SessionService.Ticket;
import io.freehold.security.support.Bounded;
import io.freehold.security.support.Hashes;
import io.freehold.security.support.Randoms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One-time tickets for WebSockets, which browsers open without headers: one use, 30 seconds, one path. In
 * memory alone; the oldest give way when there are very many. Thread-safe.
 */
final class Tickets {
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final int CAPACITY = 10_000;
    private static final int PER_CALLER = 100;
    private static final Pattern PATH =
            Pattern.compile("/api/v1/instances/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/console");

    private final Randoms randoms;
    private final Clock clock;
    private final Map<String, Issued> issued = new Bounded<>(CAPACITY);

    Tickets(Randoms randoms, Clock clock) {
        this.randoms = randoms;
        this.clock = clock;
    }

    private record Issued(Caller caller, String path, long expiresAt) {}

    /** Issues a ticket; {@code INVALID} naming {@code path} where none is accepted. */
    synchronized Ticket issue(Caller caller, String path) {
        if (!PATH.matcher(path).matches()) {
            throw FreeholdException.invalid("path", "must be /api/v1/instances/{id}/console");
        }
        long now = clock.millis();
        issued.values().removeIf(ticket -> ticket.expiresAt() <= now);
        long open = issued.values().stream()
                .filter(ticket -> ticket.caller().principal().equals(caller.principal()))
                .count();
        if (open >= PER_CALLER) {
            throw FreeholdException.retryLater(
                    ErrorCode.RATE_LIMITED, "TOO_MANY_TICKETS", "Too many tickets are waiting to be used.", LIFE);
        }
        String ticket = randoms.token();
        long expiresAt = now + LIFE.toMillis();
        issued.put(Hashes.hex(ticket), new Issued(caller, path, expiresAt));
        return new Ticket(Secret.of(ticket), Instant.ofEpochMilli(expiresAt));
    }

    /** Uses a ticket up and says whose it was, if it was good for that path. */
    synchronized Optional<Caller> use(Secret ticket, String path) {
        Issued found = issued.remove(Hashes.hex(ticket.reveal()));
        return found != null
                        && found.expiresAt() > clock.millis()
                        && found.path().equals(path)
                ? Optional.of(found.caller())
                : Optional.empty();
    }
}
