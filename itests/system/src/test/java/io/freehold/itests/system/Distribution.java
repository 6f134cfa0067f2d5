package io.freehold.itests.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The zip that the build made, unpacked once. */
final class Distribution {
    private Distribution() {}

    /** The folder that it unpacks to; skips the test where there is no zip. */
    static Path unpacked() {
        try {
            Path built = Path.of(System.getProperty("freehold.test.distribution", "../../distribution/target"));
            Optional<Path> zip = find(built);
            assumeTrue(zip.isPresent(), "skipped: no freehold-*.zip in " + built + ", build the distribution first");
            return unpack(zip.get());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Path> find(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("freehold-.*\\.zip"))
                    .findFirst();
        }
    }

    private static Path unpack(Path zip) throws IOException {
        Path target = Path.of(System.getProperty("freehold.test.work", "target/unpacked"))
                .resolve(Long.toString(Files.getLastModifiedTime(zip).toMillis()))
                .toAbsolutePath();
        if (!Files.exists(target)) {
            Path half = Files.createDirectories(target.resolveSibling("half-" + System.nanoTime()));
            extract(zip, half);
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        }
        try (Stream<Path> roots = Files.list(target)) {
            return roots.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static void extract(Path zip, Path target) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Enumeration<? extends ZipEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                Path to = target.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    Files.copy(file.getInputStream(entry), to);
                    // java.util.zip does not tell the mode, unzip does: what is in bin/ is run.
                    if (!to.getParent().endsWith("bin") || to.toFile().setExecutable(true)) {
                        continue;
                    }
                    throw new IOException("cannot make " + to + " executable");
                }
            }
        }
    }
}
