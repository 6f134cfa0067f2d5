package io.freehold.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM's archive of loaded classes (class data sharing), which halves the time that later starts take.
 * {@code bin/freehold} names it after the jars, the JVM and its flags, and uses it if it is there; the first
 * clean stop makes it. Without it everything works, only slower.
 */
final class ClassArchive {
    /** Set by {@code bin/freehold} to the file to be made; absent if it is there already. */
    static final String PROPERTY = "freehold.archive";

    /** Makes the archive even on a busy machine. */
    private static final String ALWAYS = "freehold.archive.always";

    private static final Logger log = LoggerFactory.getLogger(ClassArchive.class);

    private final Path file;

    private ClassArchive(Path file) {
        this.file = file;
    }

    /**
     * The archive that is to be made; empty if it is there, or this machine has other things to do: a stop
     * must not take long.
     */
    static Optional<ClassArchive> wanted(@Nullable String property) {
        if (property == null || property.isBlank()) {
            return Optional.empty();
        }
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (!Boolean.getBoolean(ALWAYS) && load > 2.0 * Runtime.getRuntime().availableProcessors()) {
            log.info("This machine is busy; the archive of classes is left to a later stop");
            return Optional.empty();
        }
        return Optional.of(new ClassArchive(Path.of(property)));
    }

    /** Writes the classes that are loaded now, in one to three seconds. */
    void make() {
        // The JVM says on standard output what it does.
        System.out.flush();
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        Path made = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(made);
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmCds",
                            new Object[] {new String[] {"dynamic_dump", '"' + made.toString() + '"'}},
                            new String[] {String[].class.getName()});
            if (Files.exists(made)) {
                removeOthers();
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException | JMException e) {
            log.info("No archive of classes was made; starts stay slower: {}", Failures.reason(e));
        }
    }

    /** Archives of other jars or JVMs are of no use any more. */
    private void removeOthers() throws IOException {
        List<Path> others;
        try (Stream<Path> files = Files.list(file.getParent())) {
            others = files.filter(other -> other.getFileName().toString().endsWith(".jsa"))
                    .toList();
        }
        for (Path other : others) {
            Files.delete(other);
        }
    }
}
