package io.freehold.api.admission;

import io.freehold.api.FreeholdException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An absolute path on the host, in one spelling: without {@code .}, {@code ..}, doubled or trailing slashes. A provider
 * sends it so to its backend, so that what was judged is what is used.
 *
 * <p>Links on the host cannot be seen from here; the one that every system has, {@code /var/run} for {@code /run}, is
 * known.
 *
 * @param segments the names between the slashes; none for {@code /}
 */
public record HostPath(List<String> segments) {
    /** Where container engines are spoken to, and keep what they run: who reaches one of these has the host. */
    private static final List<HostPath> ENGINES = List.of(
            of("/run/docker.sock"),
            of("/run/docker"),
            of("/run/containerd"),
            of("/run/podman"),
            of("/run/crio"),
            of("/var/lib/docker"),
            of("/var/lib/containerd"),
            of("/var/lib/containers"),
            of("/proc"));

    private static final Set<String> SOCKETS =
            Set.of("docker.sock", "docker.raw.sock", "containerd.sock", "podman.sock", "crio.sock", "buildkitd.sock");

    /** What may be done there. */
    public enum Access {
        READ_ONLY,
        WRITABLE
    }

    public HostPath {
        segments = List.copyOf(segments);
    }

    /**
     * Reads a path.
     *
     * @throws FreeholdException {@code INVALID} naming {@code path} if it is not absolute, or no path
     */
    public static HostPath of(String path) {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw FreeholdException.invalid("path", "must be an absolute path of the host, such as /srv/data");
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.remove(segments.size() - 1);
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return new HostPath(segments);
    }

    /** Whether both are the same place. */
    public boolean isSameAs(HostPath other) {
        return resolved().equals(other.resolved());
    }

    /** Whether it is the other, or within it: compared name by name, so {@code /srv/data2} is not within {@code /srv/data}. */
    public boolean isBeneath(HostPath other) {
        List<String> own = resolved();
        List<String> parent = other.resolved();
        return own.size() >= parent.size() && own.subList(0, parent.size()).equals(parent);
    }

    /**
     * Whether one gets from here to a container engine, and by it to everything: its socket or its storage, a folder that
     * holds one of them, {@code /proc}, in which each process shows all that it sees.
     */
    public boolean leadsToEngine() {
        List<String> own = resolved();
        boolean socket = !own.isEmpty() && SOCKETS.contains(own.get(own.size() - 1));
        boolean perUser = own.size() <= 3 && isBeneath(of("/run/user"));
        return socket || perUser || ENGINES.stream().anyMatch(engine -> engine.isBeneath(this) || isBeneath(engine));
    }

    private List<String> resolved() {
        if (segments.size() >= 2
                && segments.get(0).equals("var")
                && segments.get(1).equals("run")) {
            return segments.subList(1, segments.size());
        }
        return segments;
    }

    @Override
    public String toString() {
        return "/" + String.join("/", segments);
    }
}
