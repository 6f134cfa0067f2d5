package io.freehold.provider.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.FreeholdException;
import io.freehold.api.admission.Demand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one entry of {@code Mounts} asks of the host: {@link HostDemands} for folders and volumes. */
final class MountDemands {
    private final JsonNode mount;
    private final List<Demand> demands;

    private MountDemands(JsonNode mount, List<Demand> demands) {
        this.mount = mount;
        this.demands = demands;
    }

    static void read(JsonNode mount, List<Demand> demands) {
        new MountDemands(mount, demands).read();
    }

    private void read() {
        String type = mount.path("Type").asText("");
        switch (type) {
            case "bind" -> folder(source());
            case "volume" -> volume();
            case "tmpfs" -> {}
            default -> demands.add(new Demand.Other("a mount of the type '" + type + "'"));
        }
    }

    private void volume() {
        if (!source().isEmpty()) {
            demands.add(new Demand.NamedVolume(source()));
        }
        JsonNode config = mount.path("VolumeOptions").path("DriverConfig");
        String driver = config.path("Name").asText("");
        Map<String, String> options = new LinkedHashMap<>();
        config.path("Options")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        boolean local = driver.isEmpty() || driver.equals("local");
        if (local && isBind(options)) {
            folder(options.getOrDefault("device", ""));
        } else if (!local || !options.isEmpty()) {
            demands.add(new Demand.DrivenVolume(local ? "local" : driver, options));
        }
    }

    /** Whether a volume of the engine's own driver is a bind mount under another name. */
    private static boolean isBind(Map<String, String> options) {
        return Set.of("type", "o", "device").containsAll(options.keySet())
                && options.getOrDefault("device", "").startsWith("/")
                && Set.of("", "none", "bind").contains(options.getOrDefault("type", ""))
                && Set.of("bind", "rbind").contains(options.getOrDefault("o", ""));
    }

    private void folder(String path) {
        try {
            demands.add(Demand.HostFolder.of(path, mount.path("ReadOnly").asBoolean()));
        } catch (FreeholdException e) {
            // no path of a Linux host: what the engine makes of it nobody knows
            demands.add(new Demand.Other("the path " + path));
        }
    }

    private String source() {
        return mount.path("Source").asText("");
    }
}
