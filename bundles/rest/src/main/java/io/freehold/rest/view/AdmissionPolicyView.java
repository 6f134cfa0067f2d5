package io.freehold.rest.view;

import io.freehold.api.FreeholdException;
import io.freehold.api.admission.AdmissionPolicies.SetPolicy;
import io.freehold.api.admission.AdmissionPolicy;
import io.freehold.api.admission.Demand;
import io.freehold.api.admission.Demand.Namespace;
import io.freehold.api.admission.HostPath;
import io.freehold.api.security.Scope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An admission policy as the API shows it and takes it. */
@Schema(
        name = "AdmissionPolicy",
        description = "What instances may ask of their hosts without the permission instance:host-access.")
public record AdmissionPolicyView(
        @Schema(description = "global, project:{id} or backend:{id}")
        String id,

        @Schema(description = "/, /projects/{id} or /backends/{id}")
        String scope,

        @Schema(description = "Whether it was set; else it is the default, which allows nothing.")
        boolean set,

        Allow allow,
        Limits limits) {

    /** What may be asked for; what is left out may not. */
    @Schema(name = "AdmissionAllow")
    public record Allow(
            @Nullable Boolean privileged,

            @Schema(description = "network, pid, ipc, uts, user, cgroup") @Nullable
            List<String> namespaces,

            @Schema(description = "Such as NET_ADMIN.") @Nullable
            List<String> capabilities,

            @Schema(description = "Such as /dev/dri.") @Nullable
            List<String> devices,

            @Nullable List<AllowedPath> hostPaths,

            @Schema(description = "Volumes by their names.") @Nullable
            List<String> volumes,

            @Schema(description = "Drivers of volumes, with any options; not local.") @Nullable
            List<String> volumeDrivers,

            @Schema(description = "Such as seccomp=unconfined.") @Nullable
            List<String> securityOptions,

            @Nullable List<String> sysctls,
            @Nullable List<String> runtimes) {
        static final Allow NOTHING = new Allow(null, null, null, null, null, null, null, null, null, null);

        /** What it says in the model of the API; notes what is wrong. */
        List<Demand> demands(Requests wrong) {
            List<Demand> all = new ArrayList<>();
            if (Boolean.TRUE.equals(privileged)) {
                all.add(new Demand.Privileged());
            }
            add("allow.namespaces", namespaces, Allow::namespace, all, wrong);
            add("allow.capabilities", capabilities, Demand.LinuxCapability::new, all, wrong);
            add("allow.devices", devices, Demand.Device::of, all, wrong);
            add("allow.hostPaths", hostPaths, AllowedPath::demand, all, wrong);
            add("allow.volumes", volumes, Demand.NamedVolume::new, all, wrong);
            add("allow.volumeDrivers", volumeDrivers, name -> new Demand.DrivenVolume(name, Map.of()), all, wrong);
            add("allow.securityOptions", securityOptions, Demand.SecurityOption::new, all, wrong);
            add("allow.sysctls", sysctls, Demand.Sysctl::new, all, wrong);
            add("allow.runtimes", runtimes, Demand.EngineRuntime::new, all, wrong);
            return all;
        }

        private static Demand namespace(String name) {
            for (Namespace namespace : Namespace.values()) {
                if (namespace.name().equals(name.toUpperCase(Locale.ROOT))) {
                    return new Demand.HostNamespace(namespace);
                }
            }
            throw FreeholdException.invalid("namespace", "must be network, pid, ipc, uts, user or cgroup");
        }

        private static <T> void add(
                String field, @Nullable List<T> values, Function<T, Demand> demand, List<Demand> all, Requests wrong) {
            List<T> given = values == null ? List.of() : values;
            for (int i = 0; i < given.size(); i++) {
                String name = field + "[" + i + "]";
                T value = given.get(i);
                if (value == null) {
                    wrong.wrong(name, "is required");
                    continue;
                }
                try {
                    all.add(demand.apply(value));
                } catch (FreeholdException e) {
                    wrong.wrong(name, e.violations().get(0).message());
                }
            }
        }
    }

    /** A folder or file of the host. */
    @Schema(name = "AllowedHostPath")
    public record AllowedPath(
            @Nullable String path,

            @Schema(
                    description = "true, also where it is left out: to read it and all beneath it. false: to write to"
                            + " it, by itself alone.")
            @Nullable
            Boolean readOnly) {
        private Demand demand() {
            return Demand.HostFolder.of(path == null ? "" : path, !Boolean.FALSE.equals(readOnly));
        }
    }

    /** How much an instance may take; what is left out has no limit. */
    @Schema(name = "AdmissionLimits")
    public record Limits(
            @Nullable Long memoryBytes,

            @Schema(description = "Cores.") @Nullable Double cpus,

            @Schema(description = "Processes; 4096 where it is left out.") @Nullable
            Long pids) {}

    public static AdmissionPolicyView of(SetPolicy set) {
        AdmissionPolicy policy = set.policy();
        return new AdmissionPolicyView(
                id(set.scope()),
                set.scope().path(),
                set.version() != 0,
                allow(policy.allowed()),
                new Limits(
                        policy.limits().memoryBytes(),
                        policy.limits().cpus(),
                        policy.limits().processes()));
    }

    /** What a request says; notes what is wrong with it. */
    public static AdmissionPolicy policy(@Nullable Allow allow, @Nullable Limits limits, Requests wrong) {
        return new AdmissionPolicy(
                (allow == null ? Allow.NOTHING : allow).demands(wrong),
                limits == null
                        ? AdmissionPolicy.Limits.NONE
                        : new AdmissionPolicy.Limits(limits.memoryBytes, limits.cpus, limits.pids));
    }

    /** The scope that an id stands for. */
    public static Scope scope(String id) {
        if (id.equals("global")) {
            return Scope.ROOT;
        }
        int colon = id.indexOf(':');
        String kind = colon < 0 ? "" : id.substring(0, colon);
        if (!Set.of("project", "backend").contains(kind)) {
            throw FreeholdException.notFound("admission policy");
        }
        try {
            return Scope.parse("/" + kind + "s/" + id.substring(colon + 1));
        } catch (FreeholdException e) {
            throw FreeholdException.notFound("admission policy");
        }
    }

    private static String id(Scope scope) {
        return scope.equals(Scope.ROOT) ? "global" : scope.path().substring(1).replace("s/", ":");
    }

    private static Allow allow(List<Demand> allowed) {
        return new Allow(
                allowed.contains(new Demand.Privileged()),
                texts(allowed, Demand.HostNamespace.class, host -> host.namespace()
                        .name()
                        .toLowerCase(Locale.ROOT)),
                texts(allowed, Demand.LinuxCapability.class, Demand.LinuxCapability::name),
                texts(allowed, Demand.Device.class, device -> device.path().toString()),
                of(allowed, Demand.HostFolder.class)
                        .map(folder ->
                                new AllowedPath(folder.path().toString(), folder.access() == HostPath.Access.READ_ONLY))
                        .toList(),
                texts(allowed, Demand.NamedVolume.class, Demand.NamedVolume::name),
                texts(allowed, Demand.DrivenVolume.class, Demand.DrivenVolume::driver),
                texts(allowed, Demand.SecurityOption.class, Demand.SecurityOption::text),
                texts(allowed, Demand.Sysctl.class, Demand.Sysctl::name),
                texts(allowed, Demand.EngineRuntime.class, Demand.EngineRuntime::name));
    }

    private static <D> List<String> texts(List<Demand> allowed, Class<D> type, Function<D, String> text) {
        return List.copyOf(new TreeSet<>(of(allowed, type).map(text).toList()));
    }

    private static <D> Stream<D> of(List<Demand> allowed, Class<D> type) {
        return allowed.stream().filter(type::isInstance).map(type::cast);
    }
}
