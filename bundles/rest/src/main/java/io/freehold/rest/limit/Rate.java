package io.freehold.rest.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * So many requests a minute for each key. It remembers a bounded number of keys: those that have used nothing of
 * late are forgotten, and if that does not make room, new ones share one allowance.
 */
final class Rate {
    private static final int SECONDS = 60;
    private static final int MAX_KEYS = 20_000;
    private static final long SWEEP_NANOS = 1_000_000_000;

    private final int requests;
    private final String name;
    private final HttpField policy;
    private final Map<Object, Bucket> buckets = new ConcurrentHashMap<>();
    private final AtomicLong swept = new AtomicLong(System.nanoTime() - SWEEP_NANOS);
    private final Bucket shared;
    private final int maxKeys;

    /**
     * @param name what clients see it as
     * @param requests how many each key has in a minute; they may come all at once
     */
    Rate(String name, int requests) {
        this(name, requests, MAX_KEYS);
    }

    Rate(String name, int requests, int maxKeys) {
        this.name = '"' + name + '"';
        this.requests = requests;
        this.maxKeys = maxKeys;
        policy = new PreEncodedHttpField("RateLimit-Policy", this.name + ";q=" + requests + ";w=" + SECONDS);
        shared = full();
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, Duration.ofSeconds(SECONDS)))
                .build();
    }

    /**
     * Takes one request off what the key has, and says so in the answer's head.
     *
     * @return 0, or after how many seconds there is one again
     */
    long take(Object key, HttpFields.Mutable headers) {
        ConsumptionProbe probe = bucket(key).tryConsumeAndReturnRemaining(1);
        headers.put(policy);
        long used = requests - probe.getRemainingTokens();
        headers.put(
                "RateLimit",
                name + ";r=" + probe.getRemainingTokens() + ";t=" + (used * SECONDS + requests - 1) / requests);
        return probe.isConsumed() ? 0 : 1 + probe.getNanosToWaitForRefill() / 1_000_000_000;
    }

    private Bucket bucket(Object key) {
        Bucket known = buckets.get(key);
        if (known != null) {
            return known;
        }
        if (buckets.size() >= maxKeys) {
            sweep();
            if (buckets.size() >= maxKeys) {
                return shared;
            }
        }
        return buckets.computeIfAbsent(key, unknown -> full());
    }

    /** Forgets who has everything, which is what who is not known has, too. */
    private void sweep() {
        long now = System.nanoTime();
        long last = swept.get();
        if (now - last >= SWEEP_NANOS && swept.compareAndSet(last, now)) {
            buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= requests);
        }
    }

    int keys() {
        return buckets.size();
    }
}
