package io.freehold.provider.docker.engine;

import io.freehold.api.ErrorCode;
import io.freehold.api.provider.ProviderException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where an engine listens, as in the {@code DOCKER_HOST} of its own command line.
 *
 * @param url what the user wrote, for messages
 * @param socket path of the Unix socket; empty for TCP
 * @param host for TCP
 * @param port for TCP
 */
public record EngineAddress(String url, String socket, String host, int port) {
    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;

    /**
     * Reads {@code unix:///path}, {@code tcp://host:port} or {@code https://host:port}.
     *
     * @param tls whether the connection will be protected by certificates
     * @throws ProviderException {@code INVALID} for anything else, and for TCP without TLS unless to this machine
     */
    public static EngineAddress of(String url, boolean tls) {
        URI uri = parse(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        if (scheme.equals("unix")) {
            if (uri.getPath() == null || uri.getPath().length() < 2 || tls) {
                throw invalid(tls ? "A Unix socket takes no certificates; remove them." : "The url names no socket.");
            }
            return new EngineAddress(url, uri.getPath(), "", 0);
        }
        if (!(scheme.equals("tcp") || scheme.equals("https")) || uri.getHost() == null) {
            throw invalid("The url must be unix:///path/of/socket or tcp://host:port.");
        }
        String host = uri.getHost().replaceAll("^\\[|\\]$", "");
        if (!tls && (scheme.equals("https") || !isLoopback(host))) {
            throw invalid("TCP to another machine needs TLS: give caCertificate, clientCertificate and clientKey.");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? TLS_PORT : PLAIN_PORT;
        return new EngineAddress(url, "", host, port);
    }

    public boolean isUnix() {
        return !socket.isEmpty();
    }

    private static URI parse(String url) {
        try {
            return new URI(url.strip());
        } catch (URISyntaxException e) {
            throw invalid("The url cannot be read; write unix:///path/of/socket or tcp://host:port.");
        }
    }

    /** By its text alone: a name that only resolves to loopback today may not tomorrow. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static ProviderException invalid(String message) {
        return new ProviderException(ErrorCode.INVALID, "url", message, null);
    }
}
