package io.freehold.provider.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Splits what a container prints into pieces: frames with a header of 8 bytes (Engine API, "Stream format"),
 * or whatever comes where it has a terminal.
 */
final class Frames {
    /** Of thousands of consoles at which nothing happens, each holds no more than a buffer of this size. */
    private static final int PIECE = 8 * 1024;

    /** What a stream begins with; it grows with what comes. */
    private static final int FIRST_PIECE = 512;

    private final InputStream in;
    private final boolean tty;

    Frames(InputStream in, boolean tty) {
        this.in = in;
        this.tty = tty;
    }

    /** Delivers every piece until the stream ends. */
    void forEach(Sink sink) throws IOException {
        byte[] buffer = new byte[FIRST_PIECE];
        if (tty) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sink.piece(1, buffer, read, false);
                buffer = read < buffer.length ? buffer : new byte[PIECE];
            }
            return;
        }
        byte[] header = new byte[8];
        while (true) {
            int got = in.readNBytes(header, 0, 8);
            if (got < 8 || (header[0] & 0xff) > 2 || header[1] != 0 || header[2] != 0 || header[3] != 0) {
                if (got == 0) {
                    return;
                }
                throw new EOFException("a frame of the stream is broken");
            }
            long left = ((header[4] & 0xffL) << 24)
                    | (header[5] & 0xff) << 16
                    | (header[6] & 0xff) << 8
                    | (header[7] & 0xff);
            boolean first = true;
            while (left > 0) {
                int wanted = (int) Math.min(left, PIECE);
                buffer = wanted <= buffer.length ? buffer : new byte[PIECE];
                int read = in.read(buffer, 0, wanted);
                if (read < 0) {
                    throw new EOFException("the stream ended inside a frame");
                }
                left -= read;
                sink.piece(header[0], buffer, read, first);
                first = false;
            }
        }
    }

    /** Takes pieces. */
    interface Sink {
        /**
         * @param source 1 for stdout, 2 for stderr
         * @param data valid until the call returns
         * @param first whether a frame begins here
         */
        void piece(int source, byte[] data, int length, boolean first);
    }
}
