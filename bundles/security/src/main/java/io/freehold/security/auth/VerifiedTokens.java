package io.freehold.security.auth;

import io.freehold.security.support.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was verified until it expires, so that a token costs its signature once and a hash from
 * then on. Holds no token. Bounded; thread-safe.
 */
final class VerifiedTokens {
    private final int capacity;
    private final Clock clock;
    private final Map<Key, VerifiedToken> verified = new ConcurrentHashMap<>();

    VerifiedTokens(int capacity, Clock clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /** SHA-256 of a token. */
    record Key(long a, long b, long c, long d) {
        static Key of(String token) {
            ByteBuffer hash = ByteBuffer.wrap(Hashes.sha256(token.getBytes(StandardCharsets.UTF_8)));
            return new Key(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        }
    }

    /** What the token says if it was verified and has not expired. */
    @Nullable
    VerifiedToken find(Key key) {
        VerifiedToken token = verified.get(key);
        return token != null && token.expiresAt() > clock.millis() ? token : null;
    }

    void remember(Key key, VerifiedToken token) {
        if (verified.size() >= capacity) {
            makeRoom();
        }
        verified.put(key, token);
    }

    private synchronized void makeRoom() {
        long now = clock.millis();
        verified.values().removeIf(token -> token.expiresAt() <= now);
        Iterator<Key> keys = verified.keySet().iterator();
        while (verified.size() > capacity - capacity / 8 && keys.hasNext()) {
            keys.next();
            keys.remove();
        }
    }

    int size() {
        return verified.size();
    }
}
