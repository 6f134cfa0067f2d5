package io.freehold.provider.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freehold.api.ErrorCode;
import io.freehold.api.admission.HostPath;
import io.freehold.api.form.Field;
import io.freehold.api.form.FieldType;
import io.freehold.api.form.Form;
import io.freehold.api.form.Values;
import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.ProviderException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Writes what {@code POST /containers/create} wants, and refuses what cannot work before the engine is asked. */
final class ContainerRequest {
    private static final Form OWN = Form.of(
            Field.of("command", FieldType.TEXTS)
                    .title("Command")
                    .help("Program and arguments; what the image says where empty."),
            Field.objects(
                            "mounts",
                            Form.of(
                                    Field.choice("type", List.of("volume", "bind", "tmpfs"))
                                            .title("Type")
                                            .fallback("volume"),
                                    Field.of("source", FieldType.TEXT)
                                            .title("Source")
                                            .help("Name of the volume, or folder of the host."),
                                    Field.of("target", FieldType.TEXT)
                                            .title("Target")
                                            .pattern("/.+", "an absolute path in the container")
                                            .required(),
                                    Field.of("readOnly", FieldType.BOOLEAN).title("Read only"),
                                    Field.of("driver", FieldType.TEXT)
                                            .title("Driver")
                                            .help("Of a volume; the engine's own where empty."),
                                    Field.of("driverOptions", FieldType.TEXT_MAP)
                                            .title("Options of the driver")))
                    .title("Mounts"),
            Field.choice("restartPolicy", List.of("no", "on-failure", "always", "unless-stopped"))
                    .title("Restart")
                    .help("When the engine starts it again by itself.")
                    .fallback("no"),
            Field.of("tty", FieldType.BOOLEAN).title("Terminal").fallback(false),
            Field.of("stdin", FieldType.BOOLEAN)
                    .title("Takes input")
                    .help("Whether one can type into its console.")
                    .fallback(true));

    static final Form CONFIGURATION = new Form(
            Stream.concat(OWN.fields().stream(), HostOptions.FIELDS.stream()).toList());

    private static final String RESERVED_LABELS = "io.freehold.";
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");
    private static final long LEAST_MEMORY = 6L << 20;

    private ContainerRequest() {}

    /**
     * The request.
     *
     * @throws ProviderException {@code INVALID} naming what cannot work
     */
    static ObjectNode of(InstanceSpec spec) {
        Values config = spec.config();
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("Image", spec.template());
        request.put("Tty", config.flag("tty"));
        request.put("OpenStdin", config.flag("stdin"));
        if (!config.texts("command").isEmpty()) {
            config.texts("command").forEach(request.putArray("Cmd")::add);
        }
        ArrayNode environment = request.putArray("Env");
        spec.environment().forEach((name, value) -> {
            check(!name.isEmpty() && !name.contains("="), "environment", "a name must not be empty or contain =");
            environment.add(name + "=" + value);
        });
        ObjectNode labels = request.putObject("Labels");
        spec.labels().forEach((name, value) -> {
            check(!name.startsWith(RESERVED_LABELS), "labels", "names that begin with io.freehold. are reserved");
            labels.put(name, value);
        });
        labels.put(ContainerMapper.TOKEN_LABEL, spec.creationToken());

        ObjectNode host = request.putObject("HostConfig");
        HostOptions.write(config, host);
        host.putObject("RestartPolicy").put("Name", config.text("restartPolicy").orElse("no"));
        resources(spec.resources(), host);
        ports(spec.ports(), request.putObject("ExposedPorts"), host.putObject("PortBindings"));
        mounts(config.objects("mounts"), host.putArray("Mounts"));
        return request;
    }

    private static void resources(Resources resources, ObjectNode host) {
        check(resources.diskBytes() == null, "resources.diskBytes", "containers have no disk limit; leave it out");
        Double cpus = resources.cpus();
        if (cpus != null) {
            check(cpus >= 0.01 && cpus <= 4096, "resources.cpus", "must be 0.01 or more");
            host.put("NanoCpus", Math.round(cpus * 1e9));
        }
        Long memory = resources.memoryBytes();
        if (memory != null) {
            check(memory >= LEAST_MEMORY, "resources.memoryBytes", "must be 6 MiB (6291456) or more");
            host.put("Memory", memory);
        }
    }

    private static void ports(List<Port> ports, ObjectNode exposed, ObjectNode bindings) {
        for (Port port : ports) {
            check(port.port() > 0 && port.port() < 65_536, "ports", "a port is from 1 to 65535");
            check(PROTOCOLS.contains(port.protocol()), "ports", "a protocol is tcp, udp or sctp");
            Integer hostPort = port.hostPort();
            check(hostPort == null || (hostPort > 0 && hostPort < 65_536), "ports", "a host port is from 1 to 65535");
            String name = port.port() + "/" + port.protocol();
            exposed.putObject(name);
            bindings.withArray("/" + name.replace("/", "~1"))
                    .addObject()
                    .put("HostIp", port.address() == null ? "" : port.address())
                    .put("HostPort", hostPort == null ? "" : hostPort.toString());
        }
    }

    private static void mounts(List<Values> mounts, ArrayNode target) {
        for (Values mount : mounts) {
            String type = mount.text("type").orElse("volume");
            String source = mount.text("source").orElse("");
            if (type.equals("bind")) {
                source = folder(source, "a bind mount takes a folder of the host");
            }
            check(
                    !type.equals("volume") || source.isEmpty() || source.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*"),
                    "config.mounts",
                    "the name of a volume has letters, digits, _ . and - alone");
            check(!type.equals("tmpfs") || source.isEmpty(), "config.mounts", "a tmpfs has no source");
            ObjectNode entry = target.addObject()
                    .put("Type", type)
                    .put("Target", mount.text("target").orElse(""))
                    .put("ReadOnly", mount.flag("readOnly"));
            if (!source.isEmpty()) {
                entry.put("Source", source);
            }
            driver(mount, type, entry);
        }
    }

    private static void driver(Values mount, String type, ObjectNode entry) {
        String driver = mount.text("driver").orElse("");
        Map<String, String> options = mount.textMap("driverOptions");
        if (driver.isEmpty() && options.isEmpty()) {
            return;
        }
        check(type.equals("volume"), "config.mounts", "a driver and its options are for a volume");
        ObjectNode config = entry.putObject("VolumeOptions").putObject("DriverConfig");
        config.put("Name", driver.isEmpty() ? "local" : driver);
        ObjectNode written = config.putObject("Options");
        options.forEach((name, value) -> written.put(
                name, name.equals("device") && value.startsWith("/") ? folder(value, "a device is a path") : value));
    }

    /** A path in the one spelling in which it is judged and used. */
    private static String folder(String path, String message) {
        check(path.startsWith("/") && path.indexOf('\0') < 0, "config.mounts", message);
        return HostPath.of(path).toString();
    }

    private static void check(boolean fine, String field, String message) {
        if (!fine) {
            throw invalid(field, message);
        }
    }

    static ProviderException invalid(String field, String message) {
        return new ProviderException(ErrorCode.INVALID, field, message, null);
    }
}
