package io.freehold.rest.http;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * A body that is too large for memory, in a file that is deleted with the last one who uses it: on Unix it loses its
 * name at once, so that not even a process that is killed leaves it behind.
 */
final class FileBody extends Body {
    private final FileChannel file;
    private final MessageDigest digest = digest();
    private long length;

    private FileBody(FileChannel file) {
        this.file = file;
    }

    /** An empty one. */
    static FileBody in(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path path = folder.resolve(".upload-" + UUID.randomUUID());
        return new FileBody(FileChannel.open(path, CREATE_NEW, READ, WRITE, DELETE_ON_CLOSE));
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream stream() {
        return new Content();
    }

    @Override
    public byte[] sha256() {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own digests can be cloned", e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void add(ByteBuffer bytes) throws IOException {
        digest.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            length += file.write(bytes);
        }
    }

    /** Reads the file at a place of its own. */
    private final class Content extends InputStream {
        private long position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            int read = file.read(ByteBuffer.wrap(bytes, offset, count), position);
            position += Math.max(read, 0);
            return read;
        }
    }
}
