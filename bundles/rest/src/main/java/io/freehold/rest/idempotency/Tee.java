package io.freehold.rest.idempotency;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes to another stream, and keeps what is written up to a limit. */
final class Tee extends FilterOutputStream {
    private final int max;
    private @Nullable ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);

    Tee(OutputStream out, int max) {
        super(out);
        this.max = max;
    }

    /** Everything that was written; null if it was more than is kept. */
    byte @Nullable [] kept() {
        return kept == null ? null : kept.toByteArray();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        if (kept == null || kept.size() + length > max) {
            kept = null;
        } else {
            kept.write(bytes, offset, length);
        }
    }
}
