package io.freehold.security.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * Where somebody comes from, for counting: an IPv4 address, or the first 64 bits of an IPv6 address, which
 * is what one household has (RFC 6177).
 */
record Source(String key) {
    private static final int MAX_LENGTH = 64;
    private static final int PREFIX_BYTES = 8;

    static Source of(String address) {
        int zone = address.indexOf('%');
        String bare = zone < 0 ? address : address.substring(0, zone);
        // Only a literal address holds a colon; anything else could be looked up as a name.
        if (bare.indexOf(':') >= 0) {
            try {
                return of(InetAddress.getByName(bare));
            } catch (UnknownHostException e) {
                return new Source(cut(address));
            }
        }
        return new Source(cut(address));
    }

    /** IPv4 addresses in IPv6 clothes arrive here as what they are. */
    private static Source of(InetAddress address) {
        return address instanceof Inet6Address
                ? new Source(HexFormat.ofDelimiter(":").formatHex(address.getAddress(), 0, PREFIX_BYTES) + "/64")
                : new Source(address.getHostAddress());
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }
}
