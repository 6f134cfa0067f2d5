package io.freehold.rest.http;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Which host names we answer to. A page of somebody else can make a browser call 127.0.0.1 under its own
 * name (DNS rebinding); it cannot make it call us under one of ours.
 */
public final class HostCheck implements Predicate<Request> {
    private final Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]", "::1"));
    private final @Nullable String publicOrigin;
    private final Cors cors;

    /**
     * @param boundTo the addresses that we listen on
     * @param publicUrl where browsers find us, if that is elsewhere
     * @param cors which other pages may call us
     */
    public HostCheck(List<String> boundTo, @Nullable URI publicUrl, Cors cors) {
        this.cors = cors;
        boundTo.forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        if (publicUrl != null && publicUrl.getHost() != null) {
            hosts.add(publicUrl.getHost().toLowerCase(Locale.ROOT));
            publicOrigin = origin(publicUrl.getScheme(), publicUrl.getHost(), publicUrl.getPort());
        } else {
            publicOrigin = null;
        }
    }

    @Override
    public boolean test(Request request) {
        String host = Request.getServerName(request);
        return host != null && (hosts.contains(host.toLowerCase(Locale.ROOT)) || isOwnAddress(request, host));
    }

    /** Nobody's name is an address in numbers; one is ours if the connection has come to it. */
    private static boolean isOwnAddress(Request request, String host) {
        String own = Request.getLocalAddr(request);
        return host.equals(own) || host.equals("[" + own + "]");
    }

    /** Whether an {@code Origin} header, where there is one, is ours or a listed one: who asks still has to say who it is. */
    public boolean knownOrigin(Request request) {
        return sameOrigin(request) || cors.lists(request);
    }

    /** Whether an {@code Origin} header, where there is one, is the page's that we ourselves served. */
    public boolean sameOrigin(Request request) {
        List<String> all = request.getHeaders().getValuesList("Origin");
        if (all.isEmpty()) {
            return true;
        }
        if (all.size() > 1) {
            return false;
        }
        String given = all.get(0);
        String own = origin(
                request.isSecure() ? "https" : "http", Request.getServerName(request), Request.getServerPort(request));
        return given.equalsIgnoreCase(own) || given.equalsIgnoreCase(publicOrigin);
    }

    private static String origin(@Nullable String scheme, String host, int port) {
        boolean usual = port <= 0 || port == ("https".equals(scheme) ? 443 : 80);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }
}
