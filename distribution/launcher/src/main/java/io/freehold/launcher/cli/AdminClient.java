package io.freehold.launcher.cli;

import io.freehold.launcher.DataFolder;
import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 request at a time over the admin socket. Whoever can open the socket owns this Freehold, so
 * there is nothing to sign in with.
 */
public final class AdminClient {
    private final DataFolder data;

    public AdminClient(DataFolder data) {
        this.data = data;
    }

    /** An answer; the body is the JSON object that came, or empty. */
    public record Answer(int status, Map<?, ?> body) {

        public boolean ok() {
            return status / 100 == 2;
        }

        /** What the answer says about why it is none: the detail or title of the problem, and its violations. */
        public String problem() {
            String text = body.get("detail") instanceof String detail
                    ? detail
                    : body.get("title") instanceof String title ? title : "status " + status;
            return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        }
    }

    /** Whether something listens on the socket. */
    public boolean reachable() {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(data.socket()))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public Answer get(String path) {
        return request("GET", path, null);
    }

    public Answer post(String path, @Nullable String json) {
        return request("POST", path, json);
    }

    private Answer request(String method, String path, @Nullable String json) {
        byte[] body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Accept: application/json, application/problem+json\r\n"
                + (json == null ? "" : "Content-Type: application/json\r\n")
                + "Content-Length: " + body.length + "\r\n"
                + "Connection: close\r\n\r\n";
        try (SocketChannel channel = connect()) {
            write(channel, head.getBytes(StandardCharsets.US_ASCII));
            write(channel, body);
            return HttpAnswer.parse(readAll(channel));
        } catch (IOException | IllegalArgumentException e) {
            throw new LauncherException(
                    ExitStatus.FAILED, "Freehold does not answer on " + data.socket() + ": " + e.getMessage(), e);
        }
    }

    private SocketChannel connect() throws IOException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(data.socket()));
        } catch (IOException e) {
            if (Files.exists(data.path()) && !Files.isReadable(data.path())) {
                throw new LauncherException(
                        ExitStatus.FAILED,
                        "the data folder " + data.path() + " is private; run this as the user that Freehold runs as",
                        e);
            }
            throw new LauncherException(
                    ExitStatus.NOT_RUNNING, "Freehold is not running with the data folder " + data.path(), e);
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
