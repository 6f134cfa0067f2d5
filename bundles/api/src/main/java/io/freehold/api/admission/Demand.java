package io.freehold.api.admission;

import io.freehold.api.admission.HostPath.Access;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that an instance asks of its host beyond its own walls. A provider names them all in
 * {@code Provisioning.demands}; none is granted to who does not hold {@code instance:host-access}, unless an
 * {@link AdmissionPolicy} allows it.
 *
 * <p>Two spellings of the same thing are equal: constructors bring names and paths into one form.
 */
public sealed interface Demand {

    /** What is asked for, for people: {@code the folder /etc of the host, writable}. */
    String words();

    /** Whether who is allowed this is thereby allowed the other. */
    default boolean covers(Demand other) {
        return equals(other);
    }

    /** Everything at once: all devices and capabilities, nothing confined. */
    record Privileged() implements Demand {
        @Override
        public String words() {
            return "to be privileged";
        }
    }

    /** A namespace of the host instead of one of its own. */
    record HostNamespace(Namespace namespace) implements Demand {
        @Override
        public String words() {
            return "the " + namespace.name().toLowerCase(Locale.ROOT) + " namespace of the host";
        }
    }

    /** What the kernel can keep apart. */
    enum Namespace {
        NETWORK,
        PID,
        IPC,
        UTS,
        USER,
        CGROUP
    }

    /** A file or folder of the host, however it gets in: as a bind, a mount, or by the options of a volume. */
    record HostFolder(HostPath path, Access access) implements Demand {
        public static HostFolder of(String path, boolean readOnly) {
            return new HostFolder(HostPath.of(path), readOnly ? Access.READ_ONLY : Access.WRITABLE);
        }

        /**
         * A folder that is allowed read-only is allowed with all beneath it. One that is allowed for writing is allowed by
         * itself alone: who writes there can make a link to any place, and would ask for that link next.
         */
        @Override
        public boolean covers(Demand other) {
            if (!(other instanceof HostFolder wanted)) {
                return false;
            }
            if (wanted.path.isSameAs(path)) {
                return access == Access.WRITABLE || wanted.access == Access.READ_ONLY;
            }
            return access == Access.READ_ONLY
                    && wanted.access == Access.READ_ONLY
                    && wanted.path.isBeneath(path)
                    && !wanted.path.leadsToEngine();
        }

        @Override
        public String words() {
            return "the folder " + path + " of the host, "
                    + (access == Access.WRITABLE ? "writable" : "read-only")
                    + (path.leadsToEngine() ? ", which leads to the engine itself" : "");
        }
    }

    /** A volume by its name: it may hold what is others', and the name may stand for any folder of the host. */
    record NamedVolume(String name) implements Demand {
        @Override
        public String words() {
            return "the volume " + Names.shown(name);
        }
    }

    /** A volume that a driver makes from options which do not simply name a folder of the host. */
    record DrivenVolume(String driver, Map<String, String> options) implements Demand {
        public DrivenVolume {
            options = Map.copyOf(options);
        }

        /** The options are not looked at where none are said; the engine's own driver can reach everything by them. */
        @Override
        public boolean covers(Demand other) {
            return equals(other)
                    || (options.isEmpty()
                            && !driver.equals("local")
                            && other instanceof DrivenVolume wanted
                            && wanted.driver.equals(driver));
        }

        @Override
        public String words() {
            return "a volume of the driver " + Names.shown(driver)
                    + (options.isEmpty() ? "" : " with options of its own");
        }
    }

    /** A device of the host. */
    record Device(HostPath path) implements Demand {
        public static Device of(String path) {
            return new Device(HostPath.of(path));
        }

        @Override
        public String words() {
            return "the device " + path;
        }
    }

    /** A capability of the Linux kernel that is not given to everybody: {@code NET_ADMIN}, {@code ALL}. */
    record LinuxCapability(String name) implements Demand {
        public LinuxCapability {
            String upper = name.strip().toUpperCase(Locale.ROOT);
            name = upper.startsWith("CAP_") ? upper.substring(4) : upper;
        }

        @Override
        public String words() {
            return "the capability " + Names.shown(name);
        }
    }

    /** Less confinement, or another, than everybody has: {@code seccomp=unconfined}. */
    record SecurityOption(String text) implements Demand {
        public SecurityOption {
            int separator = Names.firstOf(text, ":=");
            text = separator < 0
                    ? text.strip()
                    : text.substring(0, separator).strip() + "="
                            + text.substring(separator + 1).strip();
        }

        @Override
        public String words() {
            return "the security option " + Names.shown(text);
        }
    }

    /** A setting of the kernel. */
    record Sysctl(String name) implements Demand {
        /** {@code net/ipv4/ip_forward} is another spelling of {@code net.ipv4.ip_forward}. */
        public Sysctl {
            name = name.strip().replace('/', '.');
        }

        @Override
        public String words() {
            return "the kernel setting " + Names.shown(name);
        }
    }

    /** Another runtime than the backend's own. */
    record EngineRuntime(String name) implements Demand {
        @Override
        public String words() {
            return "the runtime " + Names.shown(name);
        }
    }

    /**
     * So many processes.
     *
     * @param limit how many at the most; {@link #UNLIMITED} for as many as the host can bear
     */
    record Processes(long limit) implements Demand {
        public static final long UNLIMITED = Long.MAX_VALUE;

        public Processes {
            limit = limit <= 0 ? UNLIMITED : limit;
        }

        @Override
        public boolean covers(Demand other) {
            return other instanceof Processes wanted && wanted.limit <= limit;
        }

        @Override
        public String words() {
            return limit == UNLIMITED ? "processes without a limit" : "up to " + limit + " processes";
        }
    }

    /** Anything else that is not known to be harmless. No policy allows it. */
    record Other(String what) implements Demand {
        @Override
        public String words() {
            return Names.shown(what);
        }
    }
}
