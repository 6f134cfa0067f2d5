package io.freehold.core.admission;

import io.freehold.api.admission.AdmissionPolicy;
import io.freehold.api.admission.AdmissionPolicy.Limits;
import io.freehold.api.admission.Demand;
import io.freehold.api.admission.HostPath.Access;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A policy as it is stored, or what an instance asked for: limits, and each demand as its sort and what it names. */
final class PolicyJson {
    private PolicyJson() {}

    static Map<String, Object> write(AdmissionPolicy policy) {
        Map<String, Object> limits = new HashMap<>();
        limits.put("memoryBytes", policy.limits().memoryBytes());
        limits.put("cpus", policy.limits().cpus());
        limits.put("processes", policy.limits().processes());
        return Map.of(
                "allowed", policy.allowed().stream().map(PolicyJson::write).toList(), "limits", limits);
    }

    static AdmissionPolicy read(Map<String, Object> stored) {
        List<Demand> allowed = new ArrayList<>();
        for (Object one : (List<?>) stored.getOrDefault("allowed", List.of())) {
            List<String> parts = ((List<?>) one).stream().map(String::valueOf).toList();
            allowed.add(read(parts.get(0), parts.subList(1, parts.size())));
        }
        Map<?, ?> limits = (Map<?, ?>) stored.getOrDefault("limits", Map.of());
        Number cpus = (Number) limits.get("cpus");
        return new AdmissionPolicy(
                allowed,
                new Limits(
                        whole(limits.get("memoryBytes")),
                        cpus == null ? null : cpus.doubleValue(),
                        whole(limits.get("processes"))));
    }

    private static List<String> write(Demand demand) {
        if (demand instanceof Demand.Privileged) {
            return List.of("privileged");
        } else if (demand instanceof Demand.HostNamespace host) {
            return List.of("namespace", host.namespace().name());
        } else if (demand instanceof Demand.HostFolder folder) {
            return List.of("folder", folder.path().toString(), folder.access().name());
        } else if (demand instanceof Demand.NamedVolume volume) {
            return List.of("volume", volume.name());
        } else if (demand instanceof Demand.DrivenVolume volume) {
            List<String> named = new ArrayList<>(List.of("volumeDriver", volume.driver()));
            volume.options().forEach((option, value) -> named.addAll(List.of(option, value)));
            return named;
        } else if (demand instanceof Demand.Device device) {
            return List.of("device", device.path().toString());
        } else if (demand instanceof Demand.LinuxCapability capability) {
            return List.of("capability", capability.name());
        } else if (demand instanceof Demand.SecurityOption option) {
            return List.of("securityOption", option.text());
        } else if (demand instanceof Demand.Sysctl sysctl) {
            return List.of("sysctl", sysctl.name());
        } else if (demand instanceof Demand.EngineRuntime runtime) {
            return List.of("runtime", runtime.name());
        } else if (demand instanceof Demand.Processes processes) {
            return List.of("processes", Long.toString(processes.limit()));
        } else if (demand instanceof Demand.Other other) {
            return List.of("other", other.what());
        }
        throw new IllegalArgumentException("not to be stored: " + demand);
    }

    private static Demand read(String sort, List<String> named) {
        return switch (sort) {
            case "privileged" -> new Demand.Privileged();
            case "namespace" -> new Demand.HostNamespace(Demand.Namespace.valueOf(named.get(0)));
            case "folder" -> Demand.HostFolder.of(named.get(0), Access.valueOf(named.get(1)) == Access.READ_ONLY);
            case "volume" -> new Demand.NamedVolume(named.get(0));
            case "volumeDriver" -> new Demand.DrivenVolume(named.get(0), options(named));
            case "device" -> Demand.Device.of(named.get(0));
            case "capability" -> new Demand.LinuxCapability(named.get(0));
            case "securityOption" -> new Demand.SecurityOption(named.get(0));
            case "sysctl" -> new Demand.Sysctl(named.get(0));
            case "runtime" -> new Demand.EngineRuntime(named.get(0));
            case "processes" -> new Demand.Processes(Long.parseLong(named.get(0)));
            case "other" -> new Demand.Other(named.get(0));
            default -> throw new IllegalStateException("The database holds a policy that cannot be read: " + sort);
        };
    }

    private static Map<String, String> options(List<String> named) {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < named.size(); i += 2) {
            options.put(named.get(i), named.get(i + 1));
        }
        return options;
    }

    private static @Nullable Long whole(@Nullable Object number) {
        return number == null ? null : ((Number) number).longValue();
    }
}
