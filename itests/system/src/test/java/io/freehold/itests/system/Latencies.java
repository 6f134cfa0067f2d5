package io.freehold.itests.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long requests took. */
final class Latencies {
    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());

    void add(long one) {
        nanos.add(one);
    }

    int size() {
        return nanos.size();
    }

    /** How long the slowest hundredth took at least. */
    Duration p99() {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return Duration.ofNanos(sorted[(int) (sorted.length * 0.99)]);
    }
}
