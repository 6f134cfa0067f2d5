package io.freehold.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Which jar each plugin's bundle was installed from. Kept beside the framework's own cache, so that both are
 * there or both are not. Thread-safe.
 */
final class Installed {
    private final Path file;
    private final Properties hashes = new Properties();

    Installed(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                hashes.load(in);
            }
        }
    }

    synchronized @Nullable String hash(String id) {
        return hashes.getProperty(id);
    }

    synchronized void put(String id, String sha256) throws IOException {
        hashes.setProperty(id, sha256);
        write();
    }

    synchronized void remove(String id) throws IOException {
        hashes.remove(id);
        write();
    }

    private void write() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (OutputStream out = Files.newOutputStream(next)) {
            hashes.store(out, null);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
