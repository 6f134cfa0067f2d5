package io.freehold.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a server on this machine that can be cut, closed and frozen. */
final class Relay implements AutoCloseable {
    private enum Mode {
        ACCEPT,
        REFUSE,
        HANG
    }

    private final int target;
    private final int port;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.ACCEPT;
    private volatile ServerSocket listener;

    Relay(int target) throws IOException {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    int port() {
        return port;
    }

    void accept() {
        mode = Mode.ACCEPT;
        if (listener.isClosed()) {
            try {
                listener = listen(port);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Cuts what is open and lets nothing in, as a server that was stopped. */
    void refuse() {
        mode = Mode.REFUSE;
        closeQuietly(listener);
        cutAll();
    }

    /** Passes nothing on and answers nothing, as a machine that lost its power. */
    void hang() {
        mode = Mode.HANG;
    }

    void cutAll() {
        open.forEach(Relay::closeQuietly);
        open.clear();
    }

    @Override
    public void close() {
        refuse();
    }

    private ServerSocket listen(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        start(() -> {
            while (!socket.isClosed()) {
                Socket client = socket.accept();
                open.add(client);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(server);
                if (mode == Mode.REFUSE) {
                    // It came in at the very moment.
                    cutAll();
                }
                start(() -> copy(client, server));
                start(() -> copy(server, client));
            }
        });
        return socket;
    }

    private void copy(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (mode != Mode.HANG) {
                    out.write(buffer, 0, n);
                }
            }
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void start(Step step) {
        Thread thread = new Thread(() -> {
            try {
                step.run();
            } catch (IOException e) {
                // a line that was cut: what this is for
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // already gone
        }
    }
}
