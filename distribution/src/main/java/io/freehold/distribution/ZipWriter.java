package io.freehold.distribution;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Zips a folder with the files' modes, in the order of their names and with one time: the same in, the same out. */
final class ZipWriter {
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private ZipWriter() {}

    /** Writes everything below a folder. */
    static void write(Path folder, Path zip, Instant time) throws IOException {
        Files.deleteIfExists(zip);
        FileTime stamp = FileTime.from(time);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(file -> !file.equals(folder)).sorted().toList();
        }
        Map<String, String> options = Map.of("create", "true", "enablePosixFileAttributes", "true");
        try (FileSystem target = FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), options)) {
            for (Path file : files) {
                Path entry = target.getPath("/" + folder.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectory(entry);
                    Files.setPosixFilePermissions(entry, EXECUTABLE);
                } else {
                    Files.copy(file, entry);
                    Files.setPosixFilePermissions(entry, Files.isExecutable(file) ? EXECUTABLE : PLAIN);
                }
                Files.getFileAttributeView(entry, BasicFileAttributeView.class).setTimes(stamp, stamp, stamp);
            }
        }
    }
}
