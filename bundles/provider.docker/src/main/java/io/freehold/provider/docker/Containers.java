package io.freehold.provider.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.ProviderException;
import io.freehold.provider.docker.engine.EngineClient;
import io.freehold.provider.docker.engine.EngineRefusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads containers. The engine's list lacks limits, terminals and how a container ended, so each container
 * is also asked for by itself: once, and again only when the list shows it in another state.
 */
final class Containers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Containers.class);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final int READERS = 4;
    private static final int LIMIT_SECONDS = 60;

    private final EngineClient client;
    private final ThreadPoolExecutor readers;
    private final Map<String, Container> known = new ConcurrentHashMap<>();
    /** Those of which it was said that they cannot be read whole. */
    private final Set<String> odd = ConcurrentHashMap.newKeySet();

    Containers(EngineClient client, String name) {
        this.client = client;
        this.readers =
                new ThreadPoolExecutor(READERS, READERS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "docker-reader-" + name);
                    thread.setDaemon(true);
                    return thread;
                });
        readers.allowCoreThreadTimeOut(true);
    }

    /** The path of a container in the Engine API. */
    static String path(NativeId id) {
        return "/containers/" + EngineClient.encode(id.value());
    }

    /** Everything that is there. */
    List<ObservedInstance> list() {
        List<JsonNode> elements = new ArrayList<>();
        client.elements("/containers/json?all=1", elements::add);
        List<Callable<Optional<Container>>> unknown = new ArrayList<>();
        List<ObservedInstance> result = new ArrayList<>(elements.size());
        Set<String> ids = new HashSet<>();
        for (JsonNode element : elements) {
            String id = element.path("Id").asText();
            ids.add(id);
            @Nullable Container before = known.get(id);
            if (before != null && before.version().equals(ContainerMapper.listedVersion(element))) {
                result.add(ContainerMapper.listed(element, before.details()).observed());
            } else {
                unknown.add(() -> findOrListed(element));
            }
        }
        known.keySet().retainAll(ids);
        odd.retainAll(ids);
        result.addAll(readAll(unknown));
        return result;
    }

    /** One that the engine cannot describe, or says nonsense of, is what the list says: the others are read all the same. */
    private Optional<Container> findOrListed(JsonNode element) {
        String id = element.path("Id").asText();
        try {
            Optional<Container> found = find(new NativeId(id));
            odd.remove(id);
            return found;
        } catch (RuntimeException e) {
            boolean refused = e instanceof EngineRefusal refusal && refusal.code() != ErrorCode.UNAVAILABLE;
            if (e instanceof FreeholdException && !refused) {
                throw e;
            }
            if (odd.add(id)) {
                LOG.warn("Container {} cannot be read whole and is shown as the engine's list has it", id, e);
            }
            return Optional.of(ContainerMapper.listed(
                    element, ContainerDetails.unknown(element.path("Image").asText())));
        }
    }

    /** One container as it is now; empty if there is none. */
    Optional<Container> find(NativeId id) {
        if (!ID.matcher(id.value()).matches()) {
            // the engine would also take names and beginnings of ids, which name no instance for certain
            return Optional.empty();
        }
        try {
            JsonNode described = client.get(path(id) + "/json");
            if (!described.path("Id").asText().equals(id.value())) {
                throw new IllegalStateException("The engine described another container than " + id.value());
            }
            Container container = ContainerMapper.whole(described);
            known.put(id.value(), container);
            return Optional.of(container);
        } catch (EngineRefusal e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            known.remove(id.value());
            return Optional.empty();
        }
    }

    /**
     * One container as it is now.
     *
     * @throws ProviderException {@code NOT_FOUND}
     */
    Container get(NativeId id) {
        return find(id).orElseThrow(() -> new ProviderException(
                ErrorCode.NOT_FOUND, "There is no such container on the engine any more; refresh the list."));
    }

    /**
     * What does not change about a container, if possible without asking.
     *
     * @throws ProviderException {@code NOT_FOUND}
     */
    ContainerDetails details(NativeId id) {
        @Nullable Container container = known.get(id.value());
        return (container == null ? get(id) : container).details();
    }

    /**
     * A container after an event, if that says all there is to know: then nobody waits for an answer of the
     * engine. Empty if the container has to be read.
     */
    Optional<Container> after(String id, JsonNode event) {
        @Nullable Container before = known.get(id);
        if (before == null) {
            return Optional.empty();
        }
        JsonNode exitCode = event.path("Actor").path("Attributes").path("exitCode");
        @Nullable
        Container now =
                switch (event.path("Action").asText()) {
                    case "pause" -> ContainerMapper.changed(before, "paused", 0);
                    case "unpause" -> ContainerMapper.changed(before, "running", 0);
                    case "die" ->
                        before.details().restarts() || exitCode.isMissingNode()
                                ? null
                                : ContainerMapper.changed(before, "exited", exitCode.asInt());
                    default -> null;
                };
        if (now == null || !before.running()) {
            return Optional.empty();
        }
        known.put(id, now);
        return Optional.of(now);
    }

    /** The container is gone. */
    void forget(String id) {
        known.remove(id);
    }

    private List<ObservedInstance> readAll(List<Callable<Optional<Container>>> reads) {
        List<ObservedInstance> result = new ArrayList<>(reads.size());
        try {
            for (Future<Optional<Container>> read : readers.invokeAll(reads, LIMIT_SECONDS, TimeUnit.SECONDS)) {
                read.get().ifPresent(container -> result.add(container.observed()));
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProviderException failure) {
                throw failure;
            }
            throw new ProviderException(ErrorCode.INTERNAL, "A container could not be read from the engine.", e);
        } catch (CancellationException e) {
            throw new ProviderException(
                    ErrorCode.TIMEOUT,
                    "The Docker engine took too long to describe its containers: check whether it is overloaded.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(ErrorCode.UNAVAILABLE, "Reading the containers was interrupted; try again.", e);
        } catch (RejectedExecutionException e) {
            throw new ProviderException(ErrorCode.UNAVAILABLE, "The backend was closed; open it again.", e);
        }
        return result;
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
