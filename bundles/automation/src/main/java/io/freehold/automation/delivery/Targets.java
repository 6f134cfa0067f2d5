package io.freehold.automation.delivery;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where Freehold may connect to: public addresses, and hosts that a setting names. It is the very address that is
 * connected to which is looked at, so that a name which resolves to another one a moment later gains nothing. No
 * connection lasts longer, or brings more, than a delivery takes.
 */
public final class Targets {
    static final int CONNECT_MILLIS = 5_000;

    private static final int READ_MILLIS = 10_000;
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final Set<String> allowed;
    private final Duration deadline;

    /** @param allowed hosts that may be private, as they stand in channels' addresses */
    public Targets(Set<String> allowed) {
        this(allowed, DEADLINE);
    }

    /** @param deadline after which a connection is closed, whatever goes on over it */
    Targets(Set<String> allowed, Duration deadline) {
        this.deadline = deadline;
        this.allowed =
                allowed.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Connects.
     *
     * @throws IOException if that fails or the address is one that is not allowed
     */
    Socket connect(String host, int port) throws IOException {
        Socket socket = socket(host);
        try {
            socket.connect(new InetSocketAddress(InetAddress.getByName(bare(host)), port), CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** A socket that refuses to connect where it must not. */
    Socket socket(String host) {
        return new CheckedSocket(allowed.contains(bare(host).toLowerCase(Locale.ROOT)), deadline);
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether the address is one of the Internet at large. */
    static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (address instanceof Inet6Address) {
            // Global unicast alone (2000::/3), without what carries an IPv4 address: 2001::/32 and 2002::/16.
            return (first & 0xe0) == 0x20
                    && !(first == 0x20 && second == 0x02)
                    && !(first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0);
        }
        return !(first == 0
                || first >= 240
                || (first == 100 && (second & 0xc0) == 64) // shared by carriers
                || (first == 192 && second == 0 && bytes[2] == 0)
                || (first == 198 && (second & 0xfe) == 18));
    }
}
