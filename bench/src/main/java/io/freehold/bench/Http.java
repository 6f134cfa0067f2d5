package io.freehold.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A keep-alive HTTP/1.1 connection that does as little as possible, the same over TCP and Unix sockets, so
 * that what is measured is the server. Not thread-safe.
 */
final class Http implements AutoCloseable {

    /** An answer with its whole body as UTF-8 text. */
    record Answer(int status, String text) {}

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;
    private final String head;

    private Http(SocketAddress address, String head) throws IOException {
        channel = SocketChannel.open(address);
        in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
        out = Channels.newOutputStream(channel);
        this.head = head;
    }

    static Http tcp(int port, String headers) throws IOException {
        return new Http(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                "Host: 127.0.0.1:" + port + "\r\n" + headers);
    }

    static Http unix(Path socket) throws IOException {
        return new Http(UnixDomainSocketAddress.of(socket), "Host: localhost\r\n");
    }

    Answer get(String path) throws IOException {
        return call("GET", path, "", "");
    }

    /** Asks, and minds nothing of the answer but its status. */
    void expect(int status, String path) throws IOException {
        int answered = get(path).status();
        if (answered != status) {
            throw new IOException(path + " answered " + answered);
        }
    }

    /** Sends a request and reads the whole answer; {@code headers} are lines that each end in CR LF. */
    Answer call(String method, String path, String headers, String json) throws IOException {
        send(method, path, headers, json);
        Map<String, String> answered = new TreeMap<>();
        int status = readHead(answered);
        return new Answer(status, new String(readBody(status, answered), StandardCharsets.UTF_8));
    }

    /** Sends a request whose answer goes on and on, and reads its head; {@link #line()} then reads lines. */
    void stream(String path, String headers) throws IOException {
        send("GET", path, headers, "");
        int status = readHead(new TreeMap<>());
        if (status != 200) {
            throw new IOException(path + " answered " + status);
        }
    }

    /** The next line of a stream; chunk sizes come as lines of their own. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("The server ended the stream");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void send(String method, String path, String headers, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String type = json.isEmpty() ? "" : "Content-Type: application/json\r\n";
        String length = json.isEmpty() && !method.equals("POST") ? "" : "Content-Length: " + body.length + "\r\n";
        byte[] start = (method + " " + path + " HTTP/1.1\r\n" + head + headers + type + length + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        out.write(all);
    }

    private int readHead(Map<String, String> headers) throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return status;
    }

    private byte[] readBody(int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        String length = headers.get("content-length");
        if (length != null) {
            return in.readNBytes(Integer.parseInt(length));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }
}
