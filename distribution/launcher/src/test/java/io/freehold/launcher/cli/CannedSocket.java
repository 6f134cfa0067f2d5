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

/** Answers HTTP requests on a Unix socket with what it was given for their first line. */
final class CannedSocket {
    private final Path path;
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final Map<String, String> answers = new ConcurrentHashMap<>();

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

    void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                ByteBuffer request = ByteBuffer.allocate(4096);
                channel.read(request);
                String line = new String(request.array(), 0, request.position(), StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElse("");
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
}
