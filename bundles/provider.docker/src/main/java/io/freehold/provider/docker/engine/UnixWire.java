package io.freehold.provider.docker.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A Unix socket. Reads and writes the channel itself: the JDK's stream adapters share one lock, so that a
 * waiting reader would keep a writer out.
 */
final class UnixWire implements Wire {
    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;

    private UnixWire(SocketChannel channel) {
        this.channel = channel;
        this.in = new ChannelInput();
        this.out = new ChannelOutput();
    }

    static UnixWire connect(String path, Deadlines deadlines, Duration limit) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        UnixWire wire = new UnixWire(channel);
        // connecting waits, without a limit of its own, while the queue of the listener is full
        try (Guard guard = deadlines.guard(wire::close, limit)) {
            try {
                channel.connect(UnixDomainSocketAddress.of(path));
            } catch (IOException | RuntimeException e) {
                wire.close();
                throw guard.explain(e);
            }
        }
        return wire;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public boolean isAlive() {
        try {
            channel.configureBlocking(false);
            int read = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return read == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // gone either way
        }
    }

    /**
     * Reads ahead into a buffer outside of the heap: into one on the heap the JDK would read by way of a buffer of its
     * own, and keep that with the thread, of which every open console has one.
     */
    private final class ChannelInput extends InputStream {
        private final ByteBuffer ahead = ByteBuffer.allocateDirect(Wire.BUFFER).limit(0);

        @Override
        public int read() throws IOException {
            return fill() ? ahead.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length >= Wire.BUFFER && !ahead.hasRemaining()) {
                return channel.read(ByteBuffer.wrap(target, offset, length));
            }
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int read = Math.min(length, ahead.remaining());
            ahead.get(target, offset, read);
            return read;
        }

        @Override
        public int available() {
            return ahead.remaining();
        }

        /** Whether there is something to take, once it has come; false at the end. */
        private boolean fill() throws IOException {
            if (!ahead.hasRemaining()) {
                ahead.clear();
                int read = channel.read(ahead);
                ahead.limit(Math.max(read, 0)).position(0);
            }
            return ahead.hasRemaining();
        }
    }

    private final class ChannelOutput extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(data, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }
}
