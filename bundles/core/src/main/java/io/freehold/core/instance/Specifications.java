package io.freehold.core.instance;

import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import io.freehold.api.form.Values;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.Port;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.Provisioning;
import io.freehold.core.backend.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what somebody wants created and makes the specification that the backend gets. */
final class Specifications {
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");
    private static final int LONGEST_NAME = 253;

    private final Duration limit;

    /**
     * @param limit how long the backend's own check may take
     */
    Specifications(Duration limit) {
        this.limit = limit;
    }

    /**
     * Checks a request.
     *
     * @throws FreeholdException {@code INVALID} naming the fields; {@code CONFLICT} if nothing can be created
     *     there; {@code UNAVAILABLE} if the backend cannot be asked
     */
    InstanceSpec of(NewInstance request, String token, Connection connection) {
        List<Violation> violations = new ArrayList<>();
        checkTexts(request, violations);
        checkPorts(request.ports(), violations);
        checkResources(request, violations);
        if (!violations.isEmpty()) {
            throw FreeholdException.invalid(violations);
        }
        Kind kind = kind(request, connection.provider().kinds());
        return connection.use(
                Provisioning.class,
                limit,
                provisioning -> new InstanceSpec(
                        token,
                        request.name(),
                        kind,
                        request.template(),
                        request.resources(),
                        request.ports(),
                        request.environment(),
                        request.labels(),
                        config(request, provisioning)));
    }

    private static Values config(NewInstance request, Provisioning provisioning) {
        try {
            return provisioning.configuration().read(request.config());
        } catch (FreeholdException e) {
            throw e.violations().isEmpty()
                    ? e
                    : FreeholdException.invalid(e.violations().stream()
                            .map(violation -> violation.under("config"))
                            .toList());
        }
    }

    private static Kind kind(NewInstance request, List<Kind> kinds) {
        String choice = "must be one of "
                + String.join(", ", kinds.stream().map(Kind::name).toList());
        if (request.kind() == null) {
            if (kinds.size() == 1) {
                return kinds.get(0);
            }
            throw FreeholdException.invalid("kind", choice);
        }
        if (!kinds.contains(request.kind())) {
            throw FreeholdException.invalid("kind", choice);
        }
        return request.kind();
    }

    private static void checkTexts(NewInstance request, List<Violation> violations) {
        if (request.name().isBlank() || request.name().length() > LONGEST_NAME || hasControls(request.name())) {
            violations.add(new Violation("name", "must be 1 to " + LONGEST_NAME + " characters"));
        }
        if (request.template().isBlank() || hasControls(request.template())) {
            violations.add(new Violation("template", "is required"));
        }
        request.environment().forEach((name, value) -> {
            if (name.isEmpty() || name.contains("=") || hasControls(name) || value.indexOf('\0') >= 0) {
                violations.add(new Violation("environment", "'" + name + "' is not a name with a text"));
            }
        });
        request.labels().forEach((name, value) -> {
            if (name.isBlank() || hasControls(name) || value.indexOf('\0') >= 0) {
                violations.add(new Violation("labels", "'" + name + "' is not a name with a text"));
            }
        });
    }

    private static void checkPorts(List<Port> ports, List<Violation> violations) {
        for (int i = 0; i < ports.size(); i++) {
            Port port = ports.get(i);
            String field = "ports[" + i + "]";
            if (!isPort(port.port())) {
                violations.add(new Violation(field + ".port", "must be from 1 to 65535"));
            }
            if (port.hostPort() != null && !isPort(port.hostPort())) {
                violations.add(new Violation(field + ".hostPort", "must be from 1 to 65535"));
            }
            if (!PROTOCOLS.contains(port.protocol())) {
                violations.add(new Violation(field + ".protocol", "must be tcp, udp or sctp"));
            }
        }
    }

    private static void checkResources(NewInstance request, List<Violation> violations) {
        Double cpus = request.resources().cpus();
        if (cpus != null && !(cpus > 0 && cpus <= 4096)) {
            violations.add(new Violation("resources.cpus", "must be more than 0"));
        }
        checkBytes("resources.memoryBytes", request.resources().memoryBytes(), violations);
        checkBytes("resources.diskBytes", request.resources().diskBytes(), violations);
    }

    private static void checkBytes(String field, @Nullable Long bytes, List<Violation> violations) {
        if (bytes != null && bytes <= 0) {
            violations.add(new Violation(field, "must be more than 0"));
        }
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= 65_535;
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
