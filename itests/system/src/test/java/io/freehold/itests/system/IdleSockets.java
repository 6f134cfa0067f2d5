package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Many WebSockets that do nothing but answer pings, on one thread: a client for each would cost more than it tests. */
final class IdleSockets implements AutoCloseable {
    /** An empty pong, masked with zeros. */
    private static final byte[] PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};

    private static final int PING = 0x89;

    private final Selector selector = Selector.open();
    private final List<SocketChannel> sockets = new ArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final Thread thread = new Thread(this::answer, "idle-sockets");
    private volatile boolean closed;

    IdleSockets() throws IOException {
        thread.setDaemon(true);
        thread.start();
    }

    /** Opens one more. */
    void open(URI address, String path, String token) throws IOException {
        SocketChannel socket = SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()));
        sockets.add(socket);
        socket.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: " + address.getAuthority()
                        + "\r\nAuthorization: Bearer " + token
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: freehold.v1\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
        assertThat(head(socket)).startsWith("HTTP/1.1 101");
        socket.configureBlocking(false);
        selector.wakeup();
        socket.register(selector, SelectionKey.OP_READ);
    }

    private static String head(SocketChannel socket) throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0 && socket.read(one.clear()) > 0) {
            head.append((char) one.get(0));
        }
        return head.toString();
    }

    int ended() {
        return ended.get();
    }

    private void answer() {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (!closed) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    take((SocketChannel) key.channel(), buffer.clear());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            ended.incrementAndGet();
        }
    }

    /** Frames come whole: they are small, and one at a time. */
    private void take(SocketChannel socket, ByteBuffer buffer) throws IOException {
        if (socket.read(buffer) < 0) {
            ended.incrementAndGet();
            socket.close();
            return;
        }
        for (buffer.flip(); buffer.remaining() >= 2; ) {
            int type = buffer.get() & 0xff;
            int length = buffer.get() & 0x7f;
            length = length == 126 ? buffer.getShort() & 0xffff : length;
            buffer.position(Math.min(buffer.limit(), buffer.position() + length));
            if (type == PING) {
                socket.write(ByteBuffer.wrap(PONG));
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (SocketChannel socket : sockets) {
            socket.close();
        }
        selector.close();
    }
}
