package io.freehold.launcher.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers HTTP requests on a Unix socket with what it was given for their first line; one with a body of more than
 * 32 KiB without reading it.
 */
final class CannedSocket implements AutoCloseable {
    private static final int MAX_BYTES = 64 * 1024;
    private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");

    private final Path path;
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private volatile String received = "";

    CannedSocket(Path path) throws IOException {
        this.path = path;
        server.bind(UnixDomainSocketAddress.of(path));
        Thread thread = new Thread(this::serve, "canned-socket");
        thread.setDaemon(true);
        thread.start();
    }

    /** Answers that method and path so from now on. */
    void answer(String request, int status, String json) {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        answers.put(request, "HTTP/1.1 " + status + " X\r\nContent-Length: " + length + "\r\n\r\n" + json);
    }

    /** The request that came last, each byte as a character. */
    String received() {
        return received;
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                String line = request(channel);
                String answer = answers.getOrDefault(
                        line.replace(" HTTP/1.1", ""), "HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n");
                channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Reads a request whose body is not too large, and tells its first line. */
    private String request(SocketChannel channel) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(MAX_BYTES);
        String text = "";
        do {
            if (channel.read(request) < 0) {
                break;
            }
            text = new String(request.array(), 0, request.position(), StandardCharsets.ISO_8859_1);
        } while (!isWhole(text));
        received = text;
        return text.lines().findFirst().orElse("");
    }

    private static boolean isWhole(String request) {
        int body = request.indexOf("\r\n\r\n") + 4;
        Matcher length = LENGTH.matcher(request);
        if (body < 4 || !length.find()) {
            return false;
        }
        int bytes = Integer.parseInt(length.group(1));
        return bytes > MAX_BYTES / 2 || request.length() - body >= bytes;
    }
}
