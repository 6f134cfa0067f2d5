package io.freehold.provider.docker.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body in chunks (RFC 9112, 7.1). */
final class ChunkedInput extends InputStream {
    private final InputStream in;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 && !ended) {
            next();
        }
        if (ended) {
            return -1;
        }
        int read = in.read(target, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("the connection ended inside an answer");
        }
        left -= read;
        return read;
    }

    private void next() throws IOException {
        if (!first) {
            line();
        }
        first = false;
        String size = line().split(";", 2)[0].strip();
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw new NonsenseException("the size of a chunk is not a number");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            ended = true;
            while (!line().isEmpty()) {
                // trailers mean nothing here
            }
        }
    }

    private String line() throws IOException {
        return ResponseHead.line(in, new int[] {8 * 1024});
    }
}
