package io.freehold.storage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where SQLite's native part is unpacked to. The driver would use the machine's folder for temporary files,
 * which may forbid to run anything, and where each process that is killed would leave a copy for ever.
 */
final class NativeLibrary {
    /** Read by the driver when it is first used. */
    private static final String FOLDER = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /**
     * Has it unpacked to the folder, unless the administrator chose another one, and removes what killed
     * processes left there.
     *
     * @param folder used by no other process
     */
    static void unpackTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "sqlite-*")) {
            for (Path file : left) {
                // One that this process has loaded already stays usable without its name.
                Files.delete(file);
            }
        }
        if (System.getProperty(FOLDER) == null) {
            System.setProperty(FOLDER, folder.toString());
        }
    }
}
