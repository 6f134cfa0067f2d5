package io.freehold.automation.delivery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One HTTP/1.1 request on one connection. Java's own client resolves names by itself, so what it connects to
 * cannot be checked; and it could follow redirects, which this never does.
 */
final class HttpPost {
    private static final int MAX_STATUS_LINE = 512;

    private final Targets targets;

    HttpPost(Targets targets) {
        this.targets = targets;
    }

    /**
     * Posts.
     *
     * @throws IOException if it is not answered with 2xx; the message has no secret
     */
    void send(URI url, Map<String, String> headers, byte[] body) throws IOException {
        boolean tls = "https".equals(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
        try (Socket plain = targets.connect(url.getHost(), port);
                Socket socket = tls ? secure(plain, url.getHost(), port) : plain) {
            OutputStream out = socket.getOutputStream();
            out.write(head(url, headers, body.length).getBytes(StandardCharsets.UTF_8));
            out.write(body);
            out.flush();
            int status = status(new BufferedInputStream(socket.getInputStream(), MAX_STATUS_LINE));
            if (status / 100 != 2) {
                throw new IOException("answered with status " + status + (status / 100 == 3 ? ", a redirect" : ""));
            }
        }
    }

    private static Socket secure(Socket plain, String host, int port) throws IOException {
        SSLSocket socket =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String head(URI url, Map<String, String> headers, int length) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        StringBuilder head = new StringBuilder("POST ")
                .append(path)
                .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getRawAuthority())
                .append("\r\nUser-Agent: Freehold\r\nConnection: close\r\nContent-Length: ")
                .append(length)
                .append("\r\n");
        headers.forEach((name, value) -> head.append(name)
                .append(": ")
                .append(value.replaceAll("[\\r\\n]", " "))
                .append("\r\n"));
        return head.append("\r\n").toString();
    }

    static int status(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > MAX_STATUS_LINE) {
                throw new IOException("answered with something that is no HTTP");
            }
            line.append((char) c);
        }
        String[] words = line.toString().strip().split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5]\\d\\d")) {
            throw new IOException("answered with something that is no HTTP");
        }
        return Integer.parseInt(words[1]);
    }
}
