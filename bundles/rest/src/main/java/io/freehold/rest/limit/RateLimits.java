package io.freehold.rest.limit;

import io.freehold.api.Settings;
import io.freehold.api.security.Principal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * How many requests a minute each principal has, and each source that shows no good credential. The owner at the
 * admin socket has as many as it likes.
 */
public final class RateLimits {
    /** So many that it stops what runs away, and nobody who works. */
    private static final int REQUESTS = 600_000;

    private static final int ANONYMOUS = 6_000;
    private static final int MAX = 100_000_000;
    private static final int NETWORK_BYTES = 8;

    private final @Nullable Rate known;
    private final @Nullable Rate strangers;

    /**
     * @param requests of each principal in a minute; 0 for any number
     * @param anonymous of each source without a good credential in a minute; 0 for any number
     */
    public RateLimits(int requests, int anonymous) {
        known = requests == 0 ? null : new Rate("requests", requests);
        strangers = anonymous == 0 ? null : new Rate("anonymous", anonymous);
    }

    /**
     * What is set.
     *
     * @throws io.freehold.api.FreeholdException naming the setting that is wrong
     */
    public static RateLimits of(Settings settings) {
        return new RateLimits(
                settings.integer("rate.limit.requests", REQUESTS, 0, MAX),
                settings.integer("rate.limit.anonymous", ANONYMOUS, 0, MAX));
    }

    /** Counts a request; 0, or after how many seconds the principal may ask again. */
    public long take(Principal principal, HttpFields.Mutable headers) {
        return known == null || Principal.OWNER.equals(principal) ? 0 : known.take(principal, headers);
    }

    /** Counts a request without a good credential; 0, or after how many seconds the source may ask again. */
    public long takeAnonymous(String source, HttpFields.Mutable headers) {
        return strangers == null ? 0 : strangers.take(network(source), headers);
    }

    /** Who has an IPv6 address has the other 2^64 of its network, too. */
    static String network(String source) {
        if (source.indexOf(':') < 0) {
            return source;
        }
        try {
            // An address in numbers, which nobody has to be asked for.
            byte[] bytes = InetAddress.getByName(source).getAddress();
            return Arrays.toString(Arrays.copyOf(bytes, NETWORK_BYTES));
        } catch (UnknownHostException e) {
            return source;
        }
    }
}
