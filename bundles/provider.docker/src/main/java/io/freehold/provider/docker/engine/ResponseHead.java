package io.freehold.provider.docker.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The beginning of an HTTP/1.1 response (RFC 9112).
 *
 * @param headers by lower-case name
 */
record ResponseHead(int status, Map<String, String> headers) {
    private static final int MAX_BYTES = 64 * 1024;

    static ResponseHead read(InputStream in) throws IOException {
        int[] left = {MAX_BYTES};
        String statusLine = line(in, left);
        if (!statusLine.matches("HTTP/1\\.[01] \\d{3}.*")) {
            throw new NonsenseException("the answer is not HTTP");
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new NonsenseException("a header of the answer is broken");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new ResponseHead(status, headers);
    }

    boolean isChunked() {
        return "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
    }

    boolean keepsConnection() {
        return !"close".equalsIgnoreCase(headers.get("connection"));
    }

    /** Bytes of the body; -1 if only its end tells. */
    long length() throws NonsenseException {
        if (status == 204 || status == 304) {
            return 0;
        }
        String text = headers.get("content-length");
        if (text == null) {
            return -1;
        }
        if (!text.matches("\\d{1,18}")) {
            throw new NonsenseException("the length of the answer is not a number");
        }
        return Long.parseLong(text);
    }

    /** One line without its end; takes from {@code left[0]} what it reads. */
    static String line(InputStream in, int[] left) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended");
            }
            if (--left[0] < 0) {
                throw new NonsenseException("the head of the answer is too large");
            }
            if (next == '\n') {
                int end = line.length();
                return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
            }
            line.append((char) next);
        }
    }
}
