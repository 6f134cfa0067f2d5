package io.freehold.launcher.cli;

import io.freehold.launcher.cli.UnixHttp.Answer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads an HTTP/1.1 response (RFC 9112) that is too large to be held. */
final class HttpDownload {
    private static final int MAX_LINE = 8_192;

    private final InputStream in;

    private HttpDownload(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /**
     * Reads a response; the body goes to the sink if the status is 2xx, and into the answer otherwise.
     *
     * @throws IOException if it ends early
     * @throws IllegalArgumentException if it is no response
     */
    static Answer receive(InputStream in, OutputStream sink) throws IOException {
        return new HttpDownload(in).answer(sink);
    }

    private Answer answer(OutputStream sink) throws IOException {
        String[] words = line().split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("\\d{3}")) {
            throw new IllegalArgumentException("not an HTTP answer");
        }
        int status = Integer.parseInt(words[1]);
        long length = -1;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(lower.indexOf(':') + 1).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.strip().endsWith("chunked");
            }
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        OutputStream body = status / 100 == 2 ? sink : text;
        if (chunked) {
            for (long size = chunk(); size > 0; size = chunk()) {
                copy(size, body);
                line();
            }
        } else if (length >= 0) {
            copy(length, body);
        } else {
            in.transferTo(body);
        }
        return new Answer(status, text.toString(StandardCharsets.UTF_8));
    }

    private long chunk() throws IOException {
        long size = Long.parseLong(line().split(";", 2)[0].strip(), 16);
        if (size < 0) {
            throw new IllegalArgumentException("a chunk of less than nothing");
        }
        return size;
    }

    private void copy(long length, OutputStream body) throws IOException {
        byte[] buffer = new byte[1 << 14];
        long left = length;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException("the answer ends early");
            }
            body.write(buffer, 0, read);
            left -= read;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > MAX_LINE) {
                throw new EOFException("the answer ends early");
            }
            line.append((char) c);
        }
        int end = line.length() - 1;
        return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
    }
}
