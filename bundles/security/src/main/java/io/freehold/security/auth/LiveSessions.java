package io.freehold.security.auth;

import io.freehold.api.security.Principal;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that stand, in memory; the database leads. Thread-safe; reads never wait. */
final class LiveSessions {
    private final Map<UUID, Live> sessions = new ConcurrentHashMap<>();
    private final Clock clock;

    LiveSessions(Clock clock) {
        this.clock = clock;
    }

    /**
     * A session.
     *
     * @param endsAt when it ends unless it is refreshed before, in milliseconds
     */
    record Live(Principal principal, long endsAt) {}

    void put(UUID id, Principal principal, long endsAt) {
        sessions.put(id, new Live(principal, endsAt));
    }

    void remove(Collection<UUID> ids) {
        sessions.keySet().removeAll(ids);
    }

    /** Whether it stands and is the principal's. */
    boolean stands(UUID id, Principal principal) {
        Live live = sessions.get(id);
        return live != null
                && live.endsAt() > clock.millis()
                && live.principal().equals(principal);
    }
}
