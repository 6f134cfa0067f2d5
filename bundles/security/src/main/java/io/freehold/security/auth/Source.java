package io.freehold.security.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
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
                if (InetAddress.getByName(bare) instanceof Inet6Address six) {
                    byte[] prefix = Arrays.copyOf(six.getAddress(), PREFIX_BYTES);
                    return new Source(HexFormat.ofDelimiter(":").formatHex(prefix) + "/64");
                }
            } catch (UnknownHostException e) {
                return new Source(cut(address));
            }
        }
        return new Source(cut(address));
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }
}
