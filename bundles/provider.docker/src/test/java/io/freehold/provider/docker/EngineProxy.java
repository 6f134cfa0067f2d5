package io.freehold.provider.docker;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Stands in front of the real engine: adds TLS, sees what is asked, and can be cut off. */
final class EngineProxy implements AutoCloseable {
    private final Path engine;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Closeable listener = () -> {};

    private EngineProxy(String engineUrl) {
        this.engine = Path.of(engineUrl.substring("unix://".length()));
    }

    /** Listens on a Unix socket. */
    static EngineProxy unix(String engineUrl, Path socket) throws IOException {
        EngineProxy proxy = new EngineProxy(engineUrl);
        proxy.listen(socket);
        return proxy;
    }

    /** Listens on a free port of loopback and lets in whoever shows a certificate that is trusted. */
    static EngineProxy tls(String engineUrl, SSLContext context, int[] port) throws IOException {
        EngineProxy proxy = new EngineProxy(engineUrl);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        port[0] = server.getLocalPort();
        proxy.listener = server;
        proxy.thread(() -> proxy.accept(server));
        return proxy;
    }

    /** Begins to listen on the socket, for the first time or after {@link #cut()}. */
    void listen(Path socket) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        listener = server;
        thread(() -> accept(server));
    }

    /** Breaks every connection and takes no new one. */
    void cut() throws IOException {
        listener.close();
        for (Closeable each : open) {
            each.close();
        }
        open.clear();
    }

    /** Method and target of every request so far. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private void accept(ServerSocketChannel server) throws IOException {
        while (true) {
            SocketChannel client = server.accept();
            open.add(client);
            if (!server.isOpen()) {
                // cut() went by meanwhile, and may not have seen this one.
                client.close();
                return;
            }
            forward(input(client), output(client), client);
        }
    }

    private void accept(ServerSocket server) throws IOException {
        while (true) {
            Socket client = server.accept();
            open.add(client);
            forward(client.getInputStream(), client.getOutputStream(), client);
        }
    }

    private void forward(InputStream in, OutputStream out, Closeable client) throws IOException {
        SocketChannel behind = SocketChannel.open(UnixDomainSocketAddress.of(engine));
        open.add(behind);
        thread(() -> {
            try (client;
                    behind) {
                pump(in, output(behind), true);
            }
        });
        thread(() -> {
            try (client;
                    behind) {
                pump(input(behind), out, false);
            }
        });
    }

    private void pump(InputStream in, OutputStream out, boolean ask) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (ask) {
                String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                int end = text.indexOf(" HTTP/1.1");
                if (end > 0) {
                    requests.add(text.substring(0, end));
                }
            }
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    private void thread(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // cut off, by either side: what this thread was for is over
                    }
                },
                "engine-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static InputStream input(SocketChannel channel) {
        return new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException("only whole buffers are read");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return channel.read(ByteBuffer.wrap(target, offset, length));
            }
        };
    }

    private static OutputStream output(SocketChannel channel) {
        return new OutputStream() {
            @Override
            public void write(int value) {
                throw new UnsupportedOperationException("only whole buffers are written");
            }

            @Override
            public void write(byte[] data, int offset, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(data, offset, length);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        };
    }

    private interface Work {
        void run() throws IOException;
    }
}
