package io.freehold.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The plugins' own copies of their jars, under their hashes: of what runs, and of the version before. */
final class JarStore {
    private static final String INCOMING = ".incoming";
    private static final Pattern COPY = Pattern.compile("([0-9a-f]{64})\\.jar");

    private final Path folder;

    JarStore(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        clean(INCOMING);
    }

    /**
     * Copies what is coming in, so that nobody changes it while it is looked at. The caller deletes the copy; of what
     * breaks off there is none.
     */
    Path take(InputStream in) throws IOException {
        Path copy = Files.createTempFile(folder, "jar", INCOMING);
        try (OutputStream out = Files.newOutputStream(copy)) {
            in.transferTo(out);
            return copy;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    /** Keeps a copy that was taken, under its hash. */
    void keep(PluginJar jar) throws IOException {
        Path kept = path(jar.sha256());
        if (!jar.file().equals(kept)) {
            Files.move(jar.file(), kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    Path path(String sha256) {
        return folder.resolve(sha256 + ".jar");
    }

    /**
     * A jar that is kept.
     *
     * @throws IOException if it is not, or is not as it was
     */
    PluginJar read(String sha256) throws IOException {
        try {
            if (!Files.exists(path(sha256))) {
                throw new IOException("The copy that was kept of it in the data folder is gone; install it again");
            }
            PluginJar jar = PluginJar.read(path(sha256));
            if (jar.sha256().equals(sha256)) {
                return jar;
            }
        } catch (PluginJar.Incomplete e) {
            throw new IOException("The copy that was kept of it is damaged", e);
        }
        throw new IOException("The copy that was kept of it is damaged");
    }

    /** Deletes a copy that no plugin needs any more. */
    void discard(String sha256) throws IOException {
        Files.deleteIfExists(path(sha256));
    }

    /** Deletes every copy but these. */
    void keepOnly(Set<String> needed) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher copy = COPY.matcher(file.getFileName().toString());
                if (copy.matches() && !needed.contains(copy.group(1))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void clean(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().endsWith(suffix)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
