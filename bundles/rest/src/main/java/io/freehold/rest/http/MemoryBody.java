package io.freehold.rest.http;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.rest.limit.Room;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A body that is small enough to be held in memory. */
final class MemoryBody extends Body {
    private final Received received = new Received();
    private final AtomicLong taken = new AtomicLong();
    private final Room room;

    /**
     * @param room what it takes its memory from until it is closed
     */
    MemoryBody(Room room) {
        this.room = room;
    }

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
        room.giveBack(taken.getAndSet(0));
    }

    @Override
    void add(ByteBuffer bytes) {
        if (!room.take(bytes.remaining())) {
            throw FreeholdException.retryLater(
                    ErrorCode.UNAVAILABLE, "BUSY", "Too many requests arrive at the moment.", Duration.ofSeconds(2));
        }
        taken.addAndGet(bytes.remaining());
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        received.writeBytes(copy);
    }
}
