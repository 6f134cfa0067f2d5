package io.freehold.provider.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.Subscription;
import io.freehold.api.provider.Metrics;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.Sample;
import io.freehold.provider.docker.engine.EngineClient;
import io.freehold.provider.docker.engine.EngineStream;
import io.freehold.provider.docker.engine.JsonLines;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures containers, each over one held stream to which the engine writes once a second. */
final class ContainerMetrics implements Metrics {
    private final EngineClient client;
    private final Streams streams;

    ContainerMetrics(EngineClient client, Streams streams) {
        this.client = client;
        this.streams = streams;
    }

    @Override
    public Subscription measure(NativeId id, Consumer<Sample> listener, Runnable ended) {
        EngineStream stream = client.stream("GET", Containers.path(id) + "/stats?stream=1", EngineClient.SHORT);
        return streams.read(
                "stats",
                stream,
                reading -> {
                    JsonLines lines = new JsonLines(client.mapper(), stream.in());
                    @Nullable JsonNode before = null;
                    for (JsonNode now = lines.next(); now != null && StatsMapper.isRunning(now); now = lines.next()) {
                        if (before != null && !reading.isClosed()) {
                            listener.accept(StatsMapper.sample(before, now));
                        }
                        before = now;
                    }
                },
                reason -> ended.run());
    }
}
