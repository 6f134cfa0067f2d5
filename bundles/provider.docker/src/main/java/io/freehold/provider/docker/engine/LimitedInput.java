package io.freehold.provider.docker.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A part of a stream: either exactly so many bytes, or at most so many before it is given up. */
final class LimitedInput extends InputStream {
    private final InputStream in;
    private final boolean exact;
    private long left;

    private LimitedInput(InputStream in, long left, boolean exact) {
        this.in = in;
        this.left = left;
        this.exact = exact;
    }

    /** The next {@code length} bytes and then the end. */
    static LimitedInput exactly(InputStream in, long length) {
        return new LimitedInput(in, length, true);
    }

    /** Everything, unless it is more than {@code limit}. */
    static LimitedInput atMost(InputStream in, long limit) {
        return new LimitedInput(in, limit, false);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (exact && left == 0) {
            return -1;
        }
        int read = in.read(target, offset, exact ? (int) Math.min(length, left) : length);
        if (read < 0) {
            if (exact) {
                throw new EOFException("the connection ended inside an answer");
            }
            return -1;
        }
        left -= read;
        if (left < 0) {
            throw new NonsenseException("the answer is too large");
        }
        return read;
    }
}
