package io.freehold.provider.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.provider.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reads the engine's statistics ({@code /containers/{id}/stats}), as its own command line does. */
final class StatsMapper {
    private StatsMapper() {}

    /** Whether it was measured; the engine goes on writing empty statistics when a container has stopped. */
    static boolean isRunning(JsonNode stats) {
        return !read(stats).equals(Instant.EPOCH) && stats.path("memory_stats").has("usage");
    }

    /** What is used now; cores over the time between the two. */
    static Sample sample(JsonNode before, JsonNode now) {
        Instant at = read(now);
        Duration between = Duration.between(read(before), at);
        double elapsed = between.getSeconds() * 1e9 + between.getNano();
        long used = cpu(now) - cpu(before);
        JsonNode memory = now.path("memory_stats");
        return new Sample(
                at,
                elapsed > 0 && used > 0 ? used / elapsed : 0,
                memory(memory),
                memory.path("limit").asLong(),
                disk(now, "read"),
                disk(now, "write"),
                network(now, "rx_bytes"),
                network(now, "tx_bytes"));
    }

    private static Instant read(JsonNode stats) {
        return EngineTimes.of(stats.path("read").asText());
    }

    private static long cpu(JsonNode stats) {
        return stats.path("cpu_stats").path("cpu_usage").path("total_usage").asLong();
    }

    /** In use without the page cache that is given back first: named differently by cgroups 1 and 2. */
    private static long memory(JsonNode memory) {
        long usage = memory.path("usage").asLong();
        for (String field : List.of("total_inactive_file", "inactive_file")) {
            long cache = memory.path("stats").path(field).asLong();
            if (cache > 0 && cache < usage) {
                return usage - cache;
            }
        }
        return usage;
    }

    private static long disk(JsonNode stats, String operation) {
        long sum = 0;
        for (JsonNode entry : stats.path("blkio_stats").path("io_service_bytes_recursive")) {
            if (entry.path("op").asText().equalsIgnoreCase(operation)) {
                sum += entry.path("value").asLong();
            }
        }
        return sum;
    }

    private static long network(JsonNode stats, String field) {
        long sum = 0;
        for (JsonNode network : stats.path("networks")) {
            sum += network.path(field).asLong();
        }
        return sum;
    }
}
