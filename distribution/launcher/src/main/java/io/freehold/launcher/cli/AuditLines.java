package io.freehold.launcher.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;

/** Reads a file of JSON lines, packed with gzip or not, one line in memory at a time. */
final class AuditLines implements AutoCloseable {
    /** More than any entry has. */
    private static final int MAX_LINE = 1 << 17;

    private final Path file;
    private final InputStream in;
    private long number;

    AuditLines(Path file) throws IOException {
        this.file = file;
        try {
            InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            this.in = PackedStream.isPacked(bytes)
                    ? new BufferedInputStream(new PackedStream(bytes, Files.size(file)), 1 << 16)
                    : bytes;
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": there is no such file", e);
        } catch (ZipException | EOFException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** The number of the line read last, from 1. */
    long number() {
        return number;
    }

    /**
     * The next line; empty at the end of the file.
     *
     * @throws AuditVerifier.Broken if it is no line of the format
     */
    Optional<AuditLine> next() throws IOException, AuditVerifier.Broken {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        number++;
        int read;
        try {
            while ((read = in.read()) >= 0 && read != '\n' && bytes.size() < MAX_LINE) {
                bytes.write(read);
            }
        } catch (ZipException | EOFException e) {
            throw wrong("cannot be unpacked: the file was cut off or altered (" + e.getMessage() + ")");
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        if (read < 0 && bytes.size() == 0) {
            return Optional.empty();
        }
        if (read != '\n') {
            throw wrong("has no end: the file was cut off or altered here");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            return Optional.of(
                    AuditLine.parse(text).orElseThrow(() -> wrong("is not as Freehold writes it: it was altered")));
        } catch (CharacterCodingException e) {
            throw wrong("is not as Freehold writes it: it was altered");
        }
    }

    /** Says what is wrong with the line read last. */
    AuditVerifier.Broken wrong(String what) {
        return new AuditVerifier.Broken(file + ", line " + number + " " + what);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
