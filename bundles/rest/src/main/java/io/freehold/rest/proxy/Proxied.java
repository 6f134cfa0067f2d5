package io.freehold.rest.proxy;

import io.freehold.rest.proxy.Hops.Hop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/** A request as the client sent it to the outermost trusted proxy: its address, its scheme, the host that it asked for. */
public final class Proxied extends Request.Wrapper {
    private final ConnectionMetaData connection;
    private final HttpURI uri;
    private final boolean secure;

    private Proxied(Request request, InetAddress client, boolean secure, HttpURI uri) {
        super(request);
        this.secure = secure;
        this.uri = uri;
        this.connection =
                new ClientConnection(request.getConnectionMetaData(), new InetSocketAddress(client, 0), secure);
    }

    /** The request as its client sent it, if it comes from a trusted proxy that says so; else the same. */
    public static Request of(Request request, TrustedProxies proxies) {
        InetAddress peer = peer(request);
        if (peer == null || !proxies.contains(peer)) {
            return request;
        }
        List<Hop> hops = Hops.of(request.getHeaders(), proxies.standard());
        InetAddress client = peer;
        Hop outermost = null;
        // From the right: each trusted proxy vouches for the hop before it, and nobody for what is further left.
        for (int i = hops.size() - 1; i >= 0 && proxies.contains(client); i--) {
            outermost = hops.get(i);
            InetAddress from = outermost.from();
            if (from == null) {
                break;
            }
            client = from;
        }
        return outermost == null ? request : seenBy(request, client, outermost);
    }

    private static Request seenBy(Request request, InetAddress client, Hop hop) {
        boolean secure = hop.scheme() == null ? request.isSecure() : "https".equals(hop.scheme());
        HostPort asked = asked(request, hop.host());
        // Without a port it is the one that browsers take, and not ours.
        int port = asked.getPort(secure ? 443 : 80);
        HttpURI uri = HttpURI.build(request.getHttpURI())
                .scheme(secure ? "https" : "http")
                .authority(asked.getHost(), port)
                .asImmutable();
        return new Proxied(request, client, secure, uri);
    }

    /** What the client has asked for: as the proxy says, or else as it has handed that on. */
    private static HostPort asked(Request request, @Nullable String host) {
        try {
            return new HostPort(
                    host == null ? String.valueOf(request.getHttpURI().getAuthority()) : host);
        } catch (IllegalArgumentException e) {
            // No name that we answer to.
            return new HostPort("invalid", 0);
        }
    }

    /** Who is at the other end of the connection; null where that has no address. */
    public static @Nullable InetAddress peer(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress()
                : null;
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
        return connection;
    }

    @Override
    public HttpURI getHttpURI() {
        return uri;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    private static final class ClientConnection extends ConnectionMetaData.Wrapper {
        private final SocketAddress client;
        private final boolean secure;

        ClientConnection(ConnectionMetaData wrapped, SocketAddress client, boolean secure) {
            super(wrapped);
            this.client = client;
            this.secure = secure;
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return client;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }
    }
}
