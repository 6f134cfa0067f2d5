package io.freehold.rest.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** A body that is small enough to be held in memory. */
final class MemoryBody extends Body {
    private final Received received = new Received();

    /** Shows its bytes without a copy. */
    private static final class Received extends ByteArrayOutputStream {
        InputStream stream() {
            return new ByteArrayInputStream(buf, 0, count);
        }

        byte[] sha256() {
            MessageDigest digest = digest();
            digest.update(buf, 0, count);
            return digest.digest();
        }
    }

    @Override
    public long length() {
        return received.size();
    }

    @Override
    public InputStream stream() {
        return received.stream();
    }

    @Override
    public byte[] sha256() {
        return received.sha256();
    }

    @Override
    public void close() {
        // The garbage collector does.
    }

    @Override
    void add(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        received.writeBytes(copy);
    }
}
