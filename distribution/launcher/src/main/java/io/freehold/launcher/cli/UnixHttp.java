package io.freehold.launcher.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

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
        byte[] head = head(method, path, accept, contentType, body.length);
        return exchange(channel -> {
            write(channel, head);
            write(channel, body);
        });
    }

    /**
     * Posts a file, however large, and reads the whole answer.
     *
     * @throws IOException if the file cannot be read or nobody listens, or what comes back is no HTTP answer
     */
    public Answer upload(String path, String accept, String contentType, Path file) throws IOException {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = content.size();
            byte[] head = head("POST", path, accept, contentType, length);
            return exchange(channel -> {
                write(channel, head);
                long sent = 0;
                while (sent < length) {
                    long now = content.transferTo(sent, length - sent, channel);
                    if (now == 0) {
                        throw new IOException(file + " became shorter while it was sent");
                    }
                    sent += now;
                }
            });
        }
    }

    /**
     * Asks for something large and writes it to a sink as it comes.
     *
     * @return the answer; its text is empty if it went to the sink, as that of an answer with status 2xx does
     * @throws IOException if nobody listens, or the answer ends early
     */
    Answer download(String path, String accept, OutputStream sink) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            write(channel, head("GET", path, accept, "", 0));
            return HttpDownload.receive(Channels.newInputStream(channel), sink);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Writes a request. */
    private interface Writer {
        void writeTo(SocketChannel channel) throws IOException;
    }

    private Answer exchange(Writer request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            @Nullable IOException broken = null;
            try {
                request.writeTo(channel);
            } catch (IOException e) {
                // Who refuses a request before its end may close at once: what it said is there to read.
                broken = e;
            }
            byte[] answer = readAll(channel);
            if (broken != null && answer.length == 0) {
                throw broken;
            }
            return HttpAnswer.parse(answer);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static byte[] head(String method, String path, String accept, String contentType, long length) {
        return (method + " " + path + " HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Accept: " + accept + "\r\n"
                        + (length == 0 ? "" : "Content-Type: " + contentType + "\r\n")
                        + "Content-Length: " + length + "\r\n"
                        + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
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
