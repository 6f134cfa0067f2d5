package io.freehold.launcher.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The content of a gzip file as Freehold writes it: one member, its header always the same, nothing behind it. */
final class PackedStream extends GZIPInputStream {
    private static final byte[] HEADER = HexFormat.of().parseHex("1f8b08000000000000ff");
    private static final int TRAILER = 8;

    private final long size;

    /** @param size of the file */
    PackedStream(InputStream file, long size) throws IOException {
        super(checked(file));
        this.size = size;
    }

    /** Whether the file begins as gzip does; the stream, which can be marked, stays at its beginning. */
    static boolean isPacked(InputStream file) throws IOException {
        file.mark(2);
        boolean packed = file.read() == 0x1f && file.read() == 0x8b;
        file.reset();
        return packed;
    }

    private static InputStream checked(InputStream file) throws IOException {
        file.mark(HEADER.length);
        byte[] header = file.readNBytes(HEADER.length);
        file.reset();
        if (!Arrays.equals(header, HEADER)) {
            throw new ZipException("it is not packed as Freehold does it: it was altered");
        }
        return file;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        if (read < 0 && HEADER.length + inf.getBytesRead() + TRAILER != size) {
            throw new ZipException("there is more in it than Freehold wrote: it was altered");
        }
        return read;
    }
}
