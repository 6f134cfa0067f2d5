package io.freehold.automation.delivery;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to allowed addresses alone, is closed when its time is over, and takes no more than an answer has. */
final class CheckedSocket extends Socket {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedSocket.class);
    private static final long MOST_BYTES = 256 * 1024;

    private final boolean anywhere;
    private final Duration deadline;
    private volatile boolean late;
    private long taken;

    /**
     * @param anywhere whether the address may be a private one
     * @param deadline from the moment of connecting on
     */
    CheckedSocket(boolean anywhere, Duration deadline) {
        this.anywhere = anywhere;
        this.deadline = deadline;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, Targets.CONNECT_MILLIS);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        if (!anywhere
                && !(endpoint instanceof InetSocketAddress target
                        && target.getAddress() != null
                        && Targets.isPublic(target.getAddress()))) {
            throw new IOException("the address is private; the setting alert.private.hosts can allow its host");
        }
        CompletableFuture.delayedExecutor(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::end);
        super.connect(endpoint, timeout == 0 ? Targets.CONNECT_MILLIS : timeout);
    }

    /** A time-out of reading begins anew with each byte; this does not. */
    private void end() {
        late = true;
        try {
            close();
        } catch (IOException e) {
            LOG.debug("A connection that took too long did not close cleanly", e);
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (taken >= MOST_BYTES) {
                    throw new IOException("answered with more than " + MOST_BYTES / 1024 + " KiB");
                }
                try {
                    int count = super.read(bytes, offset, length);
                    taken += Math.max(0, count);
                    return count;
                } catch (IOException e) {
                    throw late ? new IOException("took longer than " + deadline.toSeconds() + " s", e) : e;
                }
            }
        };
    }
}
