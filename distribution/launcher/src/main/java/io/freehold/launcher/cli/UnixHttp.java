package io.freehold.launcher.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** HTTP/1.1 over a Unix domain socket, one request per connection; Java's own client knows TCP alone. */
public final class UnixHttp {
    private final Path socket;

    public UnixHttp(Path socket) {
        this.socket = socket;
    }

    /**
     * An answer.
     *
     * @param text the body as UTF-8
     */
    public record Answer(int status, String text) {}

    /**
     * Sends a request and reads the whole answer.
     *
     * @param accept what may come back, such as {@code application/json}
     * @param contentType of the body; ignored without one
     * @throws IOException if nobody listens, or what comes back is no HTTP answer
     */
    public Answer request(String method, String path, String accept, String contentType, byte[] body)
            throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Accept: " + accept + "\r\n"
                + (body.length == 0 ? "" : "Content-Type: " + contentType + "\r\n")
                + "Content-Length: " + body.length + "\r\n"
                + "Connection: close\r\n\r\n";
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            write(channel, head.getBytes(StandardCharsets.US_ASCII));
            write(channel, body);
            return HttpAnswer.parse(readAll(channel));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static byte[] readAll(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        while (channel.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toByteArray();
    }
}
