package io.freehold.security.audit;

import io.freehold.api.audit.AuditEntry;
import io.freehold.security.support.Hashes;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What is in a segment's file: entries that follow each other, and the line that closes them.
 *
 * @param hash SHA-256 over the file's bytes
 */
record SegmentFile(List<AuditEntry> entries, SegmentEnd end, String hash) {

    /** Writes a file with mode 0600 so that after a crash it is there whole or not at all. */
    static void write(Path file, List<AuditEntry> entries, SegmentEnd end) throws IOException {
        Path folder = file.resolveSibling(".").normalize();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path half = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(half);
        Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(compress(entries, end));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static byte[] compress(List<AuditEntry> entries, SegmentEnd end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (AuditEntry entry : entries) {
                out.write((EntryLine.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.write((end.line() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a file that may have been altered.
     *
     * @param expected SHA-256 over its bytes; empty: not known yet
     * @throws Altered if it is not what Freehold writes
     * @throws IOException if it cannot be read
     */
    static SegmentFile read(Path file, Optional<String> expected) throws IOException, Altered {
        byte[] bytes = Files.readAllBytes(file);
        String hash = HexFormat.of().formatHex(Hashes.sha256(bytes));
        if (expected.isPresent() && !Hashes.same(expected.get(), hash)) {
            throw new Altered("its SHA-256 is not the one that was recorded");
        }
        List<String> lines;
        try {
            lines = lines(bytes);
        } catch (IOException e) {
            throw new Altered("it cannot be unpacked: " + e.getMessage(), e);
        }
        if (lines.size() < 2) {
            throw new Altered("it holds no entries");
        }
        SegmentEnd end = SegmentEnd.parse(lines.get(lines.size() - 1))
                .orElseThrow(() -> new Altered("its last line does not close a segment"));
        List<AuditEntry> entries = new ArrayList<>();
        for (String line : lines.subList(0, lines.size() - 1)) {
            entries.add(EntryLine.parse(line)
                    .orElseThrow(() -> new Altered("line " + (entries.size() + 1) + " is no entry")));
        }
        follow(entries, end);
        return new SegmentFile(List.copyOf(entries), end, hash);
    }

    private static List<String> lines(byte[] bytes) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(bytes)), StandardCharsets.UTF_8))) {
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            return lines;
        }
    }

    private static void follow(List<AuditEntry> entries, SegmentEnd end) throws Altered {
        long sequence = end.first() - 1;
        String hash = end.previousHash();
        for (AuditEntry entry : entries) {
            if (entry.sequence() != sequence + 1) {
                throw new Altered("entry " + (sequence + 1) + " is missing or not in its place");
            }
            if (!Hashes.same(entry.hash(), Chain.hash(entry)) || !Hashes.same(entry.previousHash(), hash)) {
                throw new Altered("entry " + entry.sequence() + " was altered");
            }
            sequence = entry.sequence();
            hash = entry.hash();
        }
        if (sequence != end.last() || !Hashes.same(hash, end.hash())) {
            throw new Altered("its last entry is not the one that closes it");
        }
    }

    /** A file is not what Freehold wrote. */
    static final class Altered extends Exception {
        private static final long serialVersionUID = 1L;

        Altered(String what) {
            super(what);
        }

        Altered(String what, Throwable cause) {
            super(what, cause);
        }
    }
}
