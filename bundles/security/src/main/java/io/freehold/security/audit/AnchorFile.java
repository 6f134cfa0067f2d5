package io.freehold.security.audit;

import io.freehold.api.audit.AuditCheckpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file that checkpoints are added to, one line each; never the database, which they are there to watch. */
final class AnchorFile {
    private static final Pattern LINE = Pattern.compile(
            "\\{\"checkpoint\":\"freehold-checkpoint-1\",\"sequence\":(\\d{1,18}),\"hash\":\"([0-9a-f]{64})\","
                    + "\"time\":\"([^\"]{20,40})\",\"key\":\"([0-9a-f]{64})\",\"signature\":\"([0-9a-f]{128})\"}");

    private static final int MAX_LINE = 1_024;

    private final Path file;

    AnchorFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    /** Takes the checkpoints of the file one by one. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Takes a line.
         *
         * @param number of the line, from 1
         * @param checkpoint empty if the line is none
         * @return whether to go on
         */
        boolean visit(long number, Optional<AuditCheckpoint> checkpoint);
    }

    /** Reads the file from its beginning; there may be none. */
    void read(Visitor visitor) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!visitor.visit(++number, parse(line))) {
                    return;
                }
            }
        }
    }

    /** The last checkpoint, read from the file's end; empty if there is none or it cannot be understood. */
    Optional<AuditCheckpoint> last() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long end = wholeLines(channel);
            ByteBuffer tail = ByteBuffer.allocate((int) Math.min(end, MAX_LINE));
            while (tail.hasRemaining() && channel.read(tail, end - tail.capacity() + tail.position()) >= 0) {
                // reads on
            }
            String[] lines = new String(tail.array(), StandardCharsets.ISO_8859_1).split("\n", -1);
            return lines.length < 2 ? Optional.empty() : parse(lines[lines.length - 2]);
        }
    }

    /** Adds a checkpoint; it is on the disk when this returns. */
    void append(AuditCheckpoint checkpoint) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.position(wholeLines(channel));
            ByteBuffer bytes = ByteBuffer.wrap((line(checkpoint) + "\n").getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.truncate(channel.position());
            channel.force(true);
        }
    }

    /** The length without half a line that a crash may have left. */
    private static long wholeLines(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long length = channel.size(); length > 0; length--) {
            one.clear();
            channel.read(one, length - 1);
            if (one.get(0) == '\n') {
                return length;
            }
        }
        return 0;
    }

    /** The checkpoint as the line that exports and anchors have. */
    static String line(AuditCheckpoint checkpoint) {
        return "{\"checkpoint\":\"freehold-checkpoint-1\",\"sequence\":" + checkpoint.sequence() + ",\"hash\":\""
                + checkpoint.hash() + "\",\"time\":\"" + checkpoint.time() + "\",\"key\":\"" + checkpoint.key()
                + "\",\"signature\":\"" + checkpoint.signature() + "\"}";
    }

    private static Optional<AuditCheckpoint> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            AuditCheckpoint checkpoint = new AuditCheckpoint(
                    Long.parseLong(matcher.group(1)),
                    matcher.group(2),
                    Instant.parse(matcher.group(3)),
                    matcher.group(4),
                    matcher.group(5));
            // What reads the same, but is written otherwise, was changed.
            return line(checkpoint).equals(line) ? Optional.of(checkpoint) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
