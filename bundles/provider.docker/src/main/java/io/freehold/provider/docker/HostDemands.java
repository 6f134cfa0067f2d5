package io.freehold.provider.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.FreeholdException;
import io.freehold.api.admission.Demand;
import io.freehold.api.admission.Demand.Namespace;
import io.freehold.api.admission.HostPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads from a request to create a container, as the engine gets it, what it asks of the host. It knows what is harmless and
 * what each of the others means; a key that it does not know is a demand, so that a new one is not let through.
 */
final class HostDemands {
    private static final Set<String> HARMLESS =
            Set.of("Image", "Tty", "OpenStdin", "Cmd", "Env", "Labels", "ExposedPorts", "HostConfig");
    private static final Set<String> HARMLESS_OF_HOST =
            Set.of("RestartPolicy", "NanoCpus", "Memory", "PortBindings", "CapDrop");
    private static final String NO_NEW_PRIVILEGES = "no-new-privileges";

    private final List<Demand> demands = new ArrayList<>();
    private final JsonNode host;

    private HostDemands(JsonNode host) {
        this.host = host;
    }

    /** Everything that {@code POST /containers/create} with this body would reach. */
    static List<Demand> of(JsonNode request) {
        HostDemands reading = new HostDemands(request.path("HostConfig"));
        request.properties().forEach(field -> {
            if (!HARMLESS.contains(field.getKey())) {
                reading.other(field.getKey());
            }
        });
        reading.host.properties().forEach(field -> reading.read(field.getKey(), field.getValue()));
        reading.securityOptions();
        reading.demands.add(new Demand.Processes(reading.host.path("PidsLimit").asLong()));
        return reading.demands.stream().distinct().toList();
    }

    private void read(String key, JsonNode value) {
        switch (key) {
            case "Privileged" -> {
                if (!value.isNull() && !(value.isBoolean() && !value.asBoolean())) {
                    demands.add(new Demand.Privileged());
                }
            }
            case "Binds" -> value.forEach(bind -> bind(bind.asText()));
            case "Mounts" -> value.forEach(mount -> MountDemands.read(mount, demands));
            case "Devices" ->
                value.forEach(device -> path(device.path("PathOnHost").asText(), Demand.Device::new));
            case "CapAdd" -> value.forEach(name -> demands.add(new Demand.LinuxCapability(name.asText())));
            case "NetworkMode" -> mode(key, value.asText(), Namespace.NETWORK, Set.of("", "default", "bridge", "none"));
            case "PidMode" -> mode(key, value.asText(), Namespace.PID, Set.of("", "private"));
            case "IpcMode" -> mode(key, value.asText(), Namespace.IPC, Set.of("", "none", "private", "shareable"));
            case "UTSMode" -> mode(key, value.asText(), Namespace.UTS, Set.of("", "private"));
            case "UsernsMode" -> mode(key, value.asText(), Namespace.USER, Set.of("", "private"));
            case "CgroupnsMode" -> mode(key, value.asText(), Namespace.CGROUP, Set.of("", "private"));
            case "Sysctls" -> value.fieldNames().forEachRemaining(name -> demands.add(new Demand.Sysctl(name)));
            case "Runtime" -> {
                if (!value.asText().isEmpty()) {
                    demands.add(new Demand.EngineRuntime(value.asText()));
                }
            }
            case "MaskedPaths", "ReadonlyPaths" -> demands.add(new Demand.SecurityOption("systempaths=unconfined"));
            case "SecurityOpt", "PidsLimit" -> {} // their absence says something, too: see of()
            default -> {
                if (!HARMLESS_OF_HOST.contains(key)) {
                    other("HostConfig." + key);
                }
            }
        }
    }

    /** {@code source:target} or {@code source:target:options}; a source that is no path is the name of a volume. */
    private void bind(String bind) {
        String[] parts = bind.split(":", -1);
        if (parts.length < 2) {
            return; // a volume of its own, without a name
        }
        if (parts[0].startsWith("/")) {
            boolean readOnly =
                    parts.length > 2 && Set.of(parts[2].split(",", -1)).contains("ro");
            path(parts[0], path -> Demand.HostFolder.of(path.toString(), readOnly));
        } else if (parts[0].startsWith(".") || parts[0].contains("/")) {
            other("the bind " + bind);
        } else {
            demands.add(new Demand.NamedVolume(parts[0]));
        }
    }

    private void securityOptions() {
        boolean kept = false;
        for (JsonNode each : host.path("SecurityOpt")) {
            Demand.SecurityOption option =
                    new Demand.SecurityOption(each.asText().toLowerCase(Locale.ROOT));
            boolean keeps =
                    option.text().equals(NO_NEW_PRIVILEGES) || option.text().equals(NO_NEW_PRIVILEGES + "=true");
            kept |= keeps;
            if (!keeps) {
                demands.add(new Demand.SecurityOption(each.asText()));
            }
        }
        if (!kept) {
            demands.add(new Demand.SecurityOption(NO_NEW_PRIVILEGES + "=false"));
        }
    }

    private void mode(String key, String value, Namespace namespace, Set<String> own) {
        if (value.equals("host")) {
            demands.add(new Demand.HostNamespace(namespace));
        } else if (!own.contains(value)) {
            other(key + " " + value);
        }
    }

    private void path(String path, Function<HostPath, Demand> demand) {
        try {
            demands.add(demand.apply(HostPath.of(path)));
        } catch (FreeholdException e) {
            // no path of a Linux host: what the engine makes of it nobody knows
            other("the path " + path);
        }
    }

    private void other(String what) {
        demands.add(new Demand.Other(what));
    }
}
