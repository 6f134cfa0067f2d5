package io.freehold.launcher.cli;

import io.freehold.launcher.cli.UnixHttp.Answer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads an HTTP/1.1 response (RFC 9112) whose connection the server has closed. */
final class HttpAnswer {
    private final byte[] bytes;
    private int position;

    private HttpAnswer(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @throws IllegalArgumentException if this is no complete response
     */
    static Answer parse(byte[] bytes) {
        return new HttpAnswer(bytes).answer();
    }

    private Answer answer() {
        String[] status = line().split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("\\d{3}")) {
            throw new IllegalArgumentException("not an HTTP answer");
        }
        int length = -1;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length =
                        Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.strip().endsWith("chunked");
            }
        }
        byte[] body = chunked ? chunks() : take(length < 0 ? bytes.length - position : length);
        return new Answer(Integer.parseInt(status[1]), new String(body, StandardCharsets.UTF_8));
    }

    private byte[] chunks() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                return body.toByteArray();
            }
            body.writeBytes(take(size));
            line();
        }
    }

    private String line() {
        int start = position;
        while (position < bytes.length && bytes[position] != '\n') {
            position++;
        }
        if (position == bytes.length) {
            throw new IllegalArgumentException("the answer ends early");
        }
        String line = new String(bytes, start, position - start, StandardCharsets.ISO_8859_1);
        position++;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private byte[] take(int length) {
        if (length < 0 || length > bytes.length - position) {
            throw new IllegalArgumentException("the answer ends early");
        }
        byte[] taken = new byte[length];
        System.arraycopy(bytes, position, taken, 0, length);
        position += length;
        return taken;
    }
}
