package io.freehold.security.auth;

import io.freehold.api.security.ApiTokenService.ApiToken;
import io.freehold.api.security.Principal;
import io.freehold.api.storage.Transactions;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.rbac.TokenGrant;
import io.freehold.security.rbac.TokenGrants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every API token in memory, by the hash of its secret; the database leads. Thread-safe; reads never wait. */
final class LiveTokens {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTokens.class);
    /** How exactly it is known when a token was used last. */
    private static final Duration EXACTNESS = Duration.ofMinutes(1);

    private final Map<String, Live> byHash = new ConcurrentHashMap<>();
    private final Map<Principal, Live> byPrincipal = new ConcurrentHashMap<>();
    private final Transactions transactions;
    private final TokenGrants grants;
    private final Clock clock;

    LiveTokens(Transactions transactions, TokenGrants grants, Clock clock) {
        this.transactions = transactions;
        this.grants = grants;
        this.clock = clock;
    }

    /** A token. */
    record Live(ApiToken token, Principal principal, Principal owner, String hash, AtomicLong lastUsed) {
        boolean expiredBy(long now) {
            Instant end = token.expiresAt();
            return end != null && end.toEpochMilli() <= now;
        }
    }

    void load() {
        transactions.read(ApiTokenTable::all).forEach(this::put);
    }

    void put(ApiTokenTable.Row row) {
        ApiToken token = row.token();
        Instant used = token.lastUsedAt();
        Live live = new Live(
                token,
                principal(token.id()),
                Accounts.principal(token.owner()),
                row.hash(),
                new AtomicLong(used == null ? 0 : used.toEpochMilli()));
        grants.put(live.principal(), new TokenGrant(live.owner(), token.permissions(), token.scope()));
        byPrincipal.put(live.principal(), live);
        byHash.put(live.hash(), live);
    }

    void remove(UUID id) {
        Live live = byPrincipal.remove(principal(id));
        if (live != null) {
            byHash.remove(live.hash());
            grants.remove(live.principal());
        }
    }

    /** The token with that hash, unless it has expired. */
    @Nullable
    Live find(String hash) {
        return unexpired(byHash.get(hash));
    }

    /** The token, unless it has expired. */
    @Nullable
    Live find(Principal principal) {
        return unexpired(byPrincipal.get(principal));
    }

    private @Nullable Live unexpired(@Nullable Live live) {
        return live == null || live.expiredBy(clock.millis()) ? null : live;
    }

    /** Notes that a token is used. What it is used for does not fail if that cannot be stored. */
    void used(Live live) {
        long now = clock.millis();
        long before = live.lastUsed().get();
        if (now - before < EXACTNESS.toMillis() || !live.lastUsed().compareAndSet(before, now)) {
            return;
        }
        try {
            transactions.write(connection -> {
                ApiTokenTable.used(connection, live.token().id(), now);
                return now;
            });
        } catch (RuntimeException e) {
            LOG.warn(
                    "The last use of the API token {} could not be stored",
                    live.token().id(),
                    e);
        }
    }

    static Principal principal(UUID id) {
        return new Principal(Principal.Type.TOKEN, id.toString());
    }
}
