package io.freehold.security.auth;

import java.time.Clock;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was verified until it expires, so that a token costs its signature once and a look-up from
 * then on. Holds the tokens themselves: whoever can read this memory reads the key that signs them, too.
 * Bounded; thread-safe.
 */
final class VerifiedTokens {
    private final int capacity;
    private final Clock clock;
    private final Map<String, VerifiedToken> verified = new ConcurrentHashMap<>();

    VerifiedTokens(int capacity, Clock clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /** What the token says if it was verified and, by the clock as it is now, is neither expired nor of a time to come. */
    @Nullable
    VerifiedToken find(String token) {
        VerifiedToken known = verified.get(token);
        long now = clock.millis();
        return known != null && known.expiresAt() > now && !known.isAheadOf(now) ? known : null;
    }

    void remember(String token, VerifiedToken said) {
        if (verified.size() >= capacity) {
            makeRoom();
        }
        verified.put(token, said);
    }

    private synchronized void makeRoom() {
        long now = clock.millis();
        verified.values().removeIf(said -> said.expiresAt() <= now);
        Iterator<String> tokens = verified.keySet().iterator();
        while (verified.size() > capacity - capacity / 8 && tokens.hasNext()) {
            tokens.next();
            tokens.remove();
        }
    }

    int size() {
        return verified.size();
    }
}
