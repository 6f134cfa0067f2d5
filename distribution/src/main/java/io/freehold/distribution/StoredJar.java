package io.freehold.distribution;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A jar without compression: a fifth of Freehold's start-up was inflating classes; the zip around it compresses. */
final class StoredJar {
    private StoredJar() {}

    static void copy(Path jar, Path target) throws IOException {
        try (ZipFile source = new ZipFile(jar.toFile());
                ZipOutputStream stored = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(target)))) {
            stored.setMethod(ZipOutputStream.STORED);
            Enumeration<? extends ZipEntry> entries = source.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                byte[] bytes = source.getInputStream(entry).readAllBytes();
                CRC32 crc = new CRC32();
                crc.update(bytes);
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                copy.setSize(bytes.length);
                copy.setCrc(crc.getValue());
                stored.putNextEntry(copy);
                stored.write(bytes);
                stored.closeEntry();
            }
        }
    }
}
