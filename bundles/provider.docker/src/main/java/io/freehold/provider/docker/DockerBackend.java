package io.freehold.provider.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendInfo;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.Node;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.provider.docker.engine.EngineClient;
import java.util.List;
import java.util.Optional;

/** One engine. Each capability is a class of its own over the same client. */
final class DockerBackend implements Backend {
    /** The product of something that answers and does not say that it is an engine. */
    static final String UNNAMED = "Docker ";

    private final EngineClient client;
    private final Streams streams;
    private final Containers containers;
    private final List<Object> capabilities;

    DockerBackend(EngineClient client, String name) {
        this.client = client;
        this.streams = new Streams(client, name);
        this.containers = new Containers(client, name);
        this.capabilities = List.of(
                new ContainerPower(client, containers),
                new ContainerProvisioning(client),
                new ContainerLogs(client, containers, streams),
                new ContainerConsoles(client, containers, streams),
                new ContainerMetrics(client, streams),
                new EventWatch(client, containers, streams));
    }

    @Override
    public BackendInfo info() {
        JsonNode info = client.get("/info");
        return new BackendInfo(
                UNNAMED + info.path("ServerVersion").asText(),
                List.of(new Node(
                        info.path("Name").asText("docker"),
                        true,
                        info.path("NCPU").asInt(),
                        info.path("MemTotal").asLong())));
    }

    @Override
    public List<ObservedInstance> instances() {
        return containers.list();
    }

    @Override
    public Optional<ObservedInstance> instance(NativeId id) {
        return containers.find(id).map(Container::observed);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return capabilities.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    @Override
    public void close() {
        streams.close();
        containers.close();
        client.close();
    }
}
