package io.freehold.provider.docker.engine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A TCP connection, with TLS on it where certificates were given. */
final class TcpWire implements Wire {
    private static final int REFUSAL_MILLIS = 100;

    private final Socket raw;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private TcpWire(Socket raw, Socket socket) throws IOException {
        this.raw = raw;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), Wire.BUFFER);
        this.out = socket.getOutputStream();
    }

    static TcpWire connect(EngineAddress address, @Nullable SSLContext tls, Deadlines deadlines, Duration limit)
            throws IOException {
        Socket raw = new Socket();
        try (Guard guard = deadlines.guard(() -> closeQuietly(raw), limit)) {
            try {
                raw.setTcpNoDelay(true);
                raw.setKeepAlive(true);
                raw.connect(new InetSocketAddress(address.host(), address.port()), (int) limit.toMillis());
                return new TcpWire(raw, tls == null ? raw : protect(raw, address, tls));
            } catch (IOException | RuntimeException e) {
                closeQuietly(raw);
                throw guard.explain(e);
            }
        }
    }

    private static Socket protect(Socket raw, EngineAddress address, SSLContext tls) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(raw, address.host(), address.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
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
            return isQuiet(1);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Waits a moment for the other side to refuse the certificate that it was shown: with TLS 1.3 it does so
     * after the handshake, and whoever writes first may find the connection gone and never learn why.
     */
    void awaitRefusal() throws IOException {
        if (!isQuiet(REFUSAL_MILLIS)) {
            throw new SSLException("the connection was closed after the certificate was shown");
        }
    }

    /** Whether neither a word nor the end comes for so long. */
    private boolean isQuiet(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            in.read();
            return false;
        } catch (SocketTimeoutException e) {
            socket.setSoTimeout(0);
            return true;
        }
    }

    @Override
    public void close() {
        // the bare socket: closing TLS politely would wait for a writer that is stuck
        closeQuietly(raw);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // gone either way
        }
    }
}
