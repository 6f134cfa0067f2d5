package io.freehold.provider.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freehold.api.admission.AdmissionPolicy;
import io.freehold.api.admission.Demand.LinuxCapability;
import io.freehold.api.admission.Demand.SecurityOption;
import io.freehold.api.admission.HostPath;
import io.freehold.api.form.Field;
import io.freehold.api.form.FieldType;
import io.freehold.api.form.Values;
import java.util.List;
import java.util.Map;

/** How far a container is let out of its walls: safe where nothing is said. What is said, {@link HostDemands} reads again. */
final class HostOptions {
    /** Capabilities that Docker gives to every container, and Freehold does not: forged packets, device files. */
    private static final List<String> NOT_GIVEN = List.of("MKNOD", "NET_RAW");

    /** A namespace as the form names it, and as the engine does. */
    private static final Map<String, String> NAMESPACES = Map.of(
            "pid", "PidMode",
            "ipc", "IpcMode",
            "uts", "UTSMode",
            "user", "UsernsMode",
            "cgroup", "CgroupnsMode");

    static final List<Field> FIELDS = List.of(
            Field.choice("network", List.of("bridge", "none", "host"))
                    .title("Network")
                    .help("One of its own, none, or that of the host."),
            Field.of("privileged", FieldType.BOOLEAN).title("Privileged").help("Everything that the host can do."),
            Field.of("hostNamespaces", FieldType.TEXTS)
                    .title("Namespaces of the host")
                    .help("pid, ipc, uts, user or cgroup."),
            Field.of("capabilities", FieldType.TEXTS)
                    .title("More kernel capabilities")
                    .help("Such as NET_ADMIN; NET_RAW and MKNOD are left out unless they are named here."),
            Field.of("dropCapabilities", FieldType.TEXTS).title("Fewer kernel capabilities"),
            Field.of("devices", FieldType.TEXTS)
                    .title("Devices")
                    .help("/dev/dri, or /dev/ttyUSB0:/dev/modem:rw: on the host, in the container, what may be done."),
            Field.of("securityOptions", FieldType.TEXTS)
                    .title("Security options")
                    .help(
                            "Such as seccomp=unconfined; no-new-privileges holds unless no-new-privileges=false is here."),
            Field.of("sysctls", FieldType.TEXT_MAP).title("Kernel settings"),
            Field.of("runtime", FieldType.TEXT).title("Runtime"),
            Field.of("pidsLimit", FieldType.INTEGER)
                    .title("Most processes")
                    .help("0 for no limit.")
                    .range(0, 4_194_304)
                    .fallback(AdmissionPolicy.PROCESSES));

    private HostOptions() {}

    static void write(Values config, ObjectNode host) {
        securityOptions(config.texts("securityOptions"), host.putArray("SecurityOpt"));
        host.put("PidsLimit", config.integer("pidsLimit").orElse(AdmissionPolicy.PROCESSES));
        boolean privileged = config.flag("privileged");
        if (privileged) {
            host.put("Privileged", true);
        }
        capabilities(config, privileged, host);
        config.text("network").ifPresent(network -> host.put("NetworkMode", network));
        for (String namespace : config.texts("hostNamespaces")) {
            String key = NAMESPACES.get(namespace);
            if (key == null) {
                throw ContainerRequest.invalid("config.hostNamespaces", "must be pid, ipc, uts, user or cgroup");
            }
            host.put(key, "host");
        }
        devices(config.texts("devices"), host);
        if (!config.textMap("sysctls").isEmpty()) {
            ObjectNode sysctls = host.putObject("Sysctls");
            config.textMap("sysctls").forEach(sysctls::put);
        }
        config.text("runtime").filter(name -> !name.isEmpty()).ifPresent(name -> host.put("Runtime", name));
    }

    private static void securityOptions(List<String> wanted, ArrayNode options) {
        if (wanted.stream()
                .noneMatch(option -> new SecurityOption(option).text().startsWith("no-new-privileges"))) {
            options.add("no-new-privileges");
        }
        wanted.forEach(options::add);
    }

    private static void capabilities(Values config, boolean privileged, ObjectNode host) {
        List<String> added = names(config.texts("capabilities"));
        List<String> dropped = names(config.texts("dropCapabilities"));
        if (!added.isEmpty()) {
            added.forEach(host.putArray("CapAdd")::add);
        }
        ArrayNode drop = host.putArray("CapDrop");
        if (!privileged && !added.contains("ALL")) {
            NOT_GIVEN.stream()
                    .filter(name -> !added.contains(name) && !dropped.contains(name))
                    .forEach(drop::add);
        }
        dropped.forEach(drop::add);
    }

    private static List<String> names(List<String> capabilities) {
        return capabilities.stream()
                .map(name -> new LinuxCapability(name).name())
                .distinct()
                .toList();
    }

    private static void devices(List<String> wanted, ObjectNode host) {
        for (String device : wanted) {
            String[] parts = device.split(":", -1);
            String inside = parts.length > 1 ? parts[1] : parts[0];
            String access = parts.length > 2 ? parts[2] : "rwm";
            if (parts.length > 3
                    || !parts[0].startsWith("/")
                    || parts[0].indexOf('\0') >= 0
                    || !inside.startsWith("/")
                    || !access.matches("[rwm]{1,3}")) {
                throw ContainerRequest.invalid(
                        "config.devices",
                        "a device is /dev/name, /dev/name:/dev/name, or the same with :rwm behind it");
            }
            host.withArray("/Devices")
                    .addObject()
                    .put("PathOnHost", HostPath.of(parts[0]).toString())
                    .put("PathInContainer", inside)
                    .put("CgroupPermissions", access);
        }
    }
}
