package io.freehold.provider.docker.engine;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Something on a Unix socket that behaves as badly as a test wants. */
final class FalseEngine implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Path socket;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    FalseEngine(Path folder, Behaviour behaviour) throws IOException {
        socket = folder.resolve("false.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        thread(() -> {
            while (true) {
                SocketChannel client = server.accept();
                open.add(client);
                connections.incrementAndGet();
                thread(() -> {
                    try (client) {
                        behaviour.serve(new Client(client));
                    }
                });
            }
        });
    }

    EngineClient client() {
        return new EngineClient(EngineAddress.of("unix://" + socket, false), null, "false");
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (SocketChannel each : open) {
            each.close();
        }
    }

    private static void thread(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // the test is over, or its client has had enough
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "false-engine");
        thread.setDaemon(true);
        thread.start();
    }

    /** How it answers one connection; the connection ends when it returns. */
    interface Behaviour {
        void serve(Client client) throws IOException, InterruptedException;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** The connection that is served. */
    final class Client {
        private final SocketChannel channel;

        private Client(SocketChannel channel) {
            this.channel = channel;
        }

        /** Waits for a request; false if the client is gone. */
        boolean awaitRequest() throws IOException {
            return channel.read(ByteBuffer.allocate(64 * 1024)) > 0;
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        /** Does nothing for a while; for less when the engine is closed. */
        void hang(Duration time) throws InterruptedException {
            closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        }

        void hang() throws InterruptedException {
            closed.await();
        }
    }
}
