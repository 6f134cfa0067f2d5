package io.freehold.itests.system;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * A line between Freehold and the engine, on a Unix socket of its own, which can be cut, frozen, made to
 * speak nonsense, or to keep back the answer to a creation.
 */
final class EngineLine implements AutoCloseable {
    private static final Pattern CREATE = Pattern.compile("^POST /\\S*containers/create", Pattern.MULTILINE);
    private static final String NONSENSE = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            + "Content-Length: 30\r\n\r\n{\"this\": [is, not {what you so";

    private enum Mode {
        PASS,
        HOLD_CREATE,
        FROZEN,
        NONSENSE
    }

    private final Path engine;
    private final Path socket;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.PASS;
    private volatile boolean held;
    private ServerSocketChannel listener;

    EngineLine(Path engine, Path socket) throws IOException {
        this.engine = engine;
        this.socket = socket;
        listen();
    }

    String url() {
        return "unix://" + socket;
    }

    /** The engine is there. */
    void pass() throws IOException {
        mode = Mode.PASS;
        held = false;
        cut();
        if (!listener.isOpen()) {
            listen();
        }
    }

    /** From the next creation on: it reaches the engine, its answer never reaches Freehold. */
    void holdCreations() {
        mode = Mode.HOLD_CREATE;
    }

    /** Whether an answer is being kept back. */
    boolean holds() {
        return held;
    }

    /** The engine is not there. */
    void refuse() throws IOException {
        listener.close();
        Files.deleteIfExists(socket);
        cut();
    }

    /** The engine takes requests and says nothing. */
    void freeze() {
        mode = Mode.FROZEN;
    }

    /** The engine answers everything with nonsense. */
    void talkNonsense() throws IOException {
        mode = Mode.NONSENSE;
        cut();
    }

    private void cut() throws IOException {
        for (Closeable one : open) {
            one.close();
        }
        open.clear();
    }

    private void listen() throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        listener = server;
        start(() -> {
            while (server.isOpen()) {
                SocketChannel client = server.accept();
                open.add(client);
                serve(client);
            }
        });
    }

    private void serve(SocketChannel client) throws IOException {
        if (mode == Mode.NONSENSE) {
            start(() -> answerNonsense(client));
            return;
        }
        SocketChannel upstream = SocketChannel.open(UnixDomainSocketAddress.of(engine));
        open.add(upstream);
        AtomicBoolean keepBack = new AtomicBoolean();
        start(() -> {
            ByteBuffer buffer = ByteBuffer.allocate(65536);
            while (receive(client, buffer)) {
                if (mode == Mode.HOLD_CREATE && CREATE.matcher(text(buffer)).find()) {
                    keepBack.set(true);
                    held = true;
                }
                send(upstream, buffer);
            }
            upstream.close();
        });
        start(() -> {
            ByteBuffer buffer = ByteBuffer.allocate(65536);
            while (receive(upstream, buffer)) {
                if (!keepBack.get()) {
                    send(client, buffer);
                }
            }
            client.close();
        });
    }

    private static void answerNonsense(SocketChannel client) throws IOException {
        try (client) {
            ByteBuffer buffer = ByteBuffer.allocate(65536);
            if (receive(client, buffer)) {
                client.write(ByteBuffer.wrap(NONSENSE.getBytes(StandardCharsets.US_ASCII)));
            }
        }
    }

    private static boolean receive(SocketChannel from, ByteBuffer buffer) throws IOException {
        buffer.clear();
        int n = from.read(buffer);
        buffer.flip();
        return n >= 0;
    }

    private void send(SocketChannel to, ByteBuffer buffer) throws IOException {
        while (mode != Mode.FROZEN && buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    private static String text(ByteBuffer buffer) {
        return StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void start(Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        step.run();
                    } catch (IOException e) {
                        // a line that was cut: what this is for
                    }
                },
                "engine-line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        refuse();
    }
}
