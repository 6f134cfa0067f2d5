package io.freehold.provider.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Network;
import io.freehold.api.instance.Resources;
import io.freehold.api.instance.State;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads containers from the engine's two answers, {@code /containers/json} and
 * {@code /containers/{id}/json}, so that both give the same {@link ObservedInstance}.
 */
final class ContainerMapper {
    static final String TOKEN_LABEL = "io.freehold.creation-token";

    /** How programs end that were asked to: by themselves, or by SIGINT, SIGKILL, SIGTERM. */
    private static final Set<Integer> ENDED_AS_ASKED = Set.of(0, 130, 137, 143);

    private static final Pattern EXITED = Pattern.compile("Exited \\((\\d{1,9})\\).*");

    private ContainerMapper() {}

    /** From an element of the list, with what the list leaves out from a former {@link #whole}. */
    static Container listed(JsonNode element, ContainerDetails details) {
        String state = element.path("State").asText();
        return container(
                element.path("Id").asText(),
                element.path("Names").path(0).asText(),
                state,
                exitCode(element),
                EngineTimes.ofSeconds(element.path("Created").asLong()),
                element.path("Labels"),
                element.path("NetworkSettings").path("Networks"),
                element,
                details);
    }

    /** What {@link Container#version()} is now, going by the list. */
    static String listedVersion(JsonNode element) {
        return version(element.path("State").asText(), exitCode(element));
    }

    /** From the answer for one container. */
    static Container whole(JsonNode inspected) {
        JsonNode config = inspected.path("Config");
        JsonNode state = inspected.path("State");
        ContainerDetails details = new ContainerDetails(
                config.path("Image").asText(),
                resources(inspected.path("HostConfig")),
                ContainerPorts.configured(inspected),
                state.path("OOMKilled").asBoolean(),
                config.path("Tty").asBoolean(),
                config.path("OpenStdin").asBoolean(),
                restarts(inspected
                        .path("HostConfig")
                        .path("RestartPolicy")
                        .path("Name")
                        .asText()));
        return container(
                inspected.path("Id").asText(),
                inspected.path("Name").asText(),
                state.path("Status").asText(),
                state.path("ExitCode").asInt(),
                EngineTimes.of(inspected.path("Created").asText()).truncatedTo(ChronoUnit.SECONDS),
                config.path("Labels"),
                inspected.path("NetworkSettings").path("Networks"),
                inspected,
                details);
    }

    private static Container container(
            String id,
            String name,
            String status,
            int exitCode,
            Instant createdAt,
            JsonNode labels,
            JsonNode networks,
            JsonNode source,
            ContainerDetails details) {
        Map<String, String> own = new LinkedHashMap<>();
        labels.properties()
                .forEach(label -> own.put(label.getKey(), label.getValue().asText()));
        @Nullable String token = own.remove(TOKEN_LABEL);
        State state = state(status, exitCode, details.outOfMemory());
        boolean running = state == State.RUNNING || state == State.PAUSED;
        ObservedInstance observed = new ObservedInstance(
                new NativeId(id),
                id,
                name.startsWith("/") ? name.substring(1) : name,
                Kind.CONTAINER,
                state,
                null,
                details.template(),
                own,
                createdAt,
                details.resources(),
                new Network(
                        ContainerPorts.addresses(networks), running ? ContainerPorts.inForce(source) : details.ports()),
                token);
        return new Container(observed, version(status, exitCode), details, running);
    }

    /** The same container in another state, of which no more need be known than what an event says. */
    static Container changed(Container before, String status, int exitCode) {
        ObservedInstance old = before.observed();
        State state = state(status, exitCode, false);
        boolean running = state == State.RUNNING || state == State.PAUSED;
        ObservedInstance now = new ObservedInstance(
                old.id(),
                old.incarnation(),
                old.name(),
                old.kind(),
                state,
                old.node(),
                old.template(),
                old.labels(),
                old.createdAt(),
                old.resources(),
                running
                        ? old.network()
                        : new Network(List.of(), before.details().ports()),
                old.creationToken());
        return new Container(now, version(status, exitCode), before.details(), running);
    }

    static State state(String status, int exitCode, boolean outOfMemory) {
        return switch (status) {
            case "created" -> State.STOPPED;
            case "exited" -> ENDED_AS_ASKED.contains(exitCode) && !outOfMemory ? State.STOPPED : State.FAILED;
            case "restarting" -> State.STARTING;
            case "running" -> State.RUNNING;
            case "paused" -> State.PAUSED;
            case "removing" -> State.STOPPING;
            case "dead" -> State.FAILED;
            default -> State.UNKNOWN;
        };
    }

    private static Resources resources(JsonNode host) {
        long nanos = host.path("NanoCpus").asLong();
        long quota = host.path("CpuQuota").asLong();
        long period = host.path("CpuPeriod").asLong(100_000);
        long memory = host.path("Memory").asLong();
        @Nullable Double cpus = null;
        if (nanos > 0) {
            cpus = nanos / 1e9;
        } else if (quota > 0) {
            cpus = quota / (double) (period > 0 ? period : 100_000);
        }
        return new Resources(cpus, memory > 0 ? (Long) memory : null, null);
    }

    private static boolean restarts(String policy) {
        return !policy.isEmpty() && !policy.equals("no");
    }

    private static String version(String status, int exitCode) {
        return status.equals("exited") ? status + exitCode : status;
    }

    /** The list says it in words alone: {@code Exited (137) 2 hours ago}. */
    private static int exitCode(JsonNode element) {
        Matcher words = EXITED.matcher(element.path("Status").asText());
        return words.matches() ? Integer.parseInt(words.group(1)) : 0;
    }
}
