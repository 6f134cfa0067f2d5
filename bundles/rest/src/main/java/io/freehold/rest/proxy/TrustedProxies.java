package io.freehold.rest.proxy;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.InetAddressSet;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose word about clients counts, and which headers they say it in. Only those are looked at: a proxy
 * hands on the headers that it does not know as its client sent them.
 *
 * @param addresses of the proxies
 * @param standard whether they send {@code Forwarded} (RFC 7239), and otherwise {@code X-Forwarded-For} and the like
 */
public record TrustedProxies(InetAddressSet addresses, boolean standard) {
    /** Nobody is believed anything. */
    public static final TrustedProxies NONE = new TrustedProxies(new InetAddressSet(), false);

    private static final Pattern NUMERIC =
            Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    private static final String SETTING = "proxy.trusted (FREEHOLD_PROXY_TRUSTED)";

    /**
     * What is set.
     *
     * @throws FreeholdException with one line that says which setting is wrong and what to do
     */
    public static TrustedProxies of(Settings settings) {
        InetAddressSet addresses = new InetAddressSet();
        for (String entry :
                settings.text("proxy.trusted").map(TrustedProxies::entries).orElse(List.of())) {
            add(addresses, entry);
        }
        String headers = settings.text("proxy.headers").orElse("x-forwarded");
        if (!List.of("x-forwarded", "forwarded").contains(headers)) {
            throw new FreeholdException(
                    ErrorCode.INVALID, "proxy.headers (FREEHOLD_PROXY_HEADERS) must be x-forwarded or forwarded");
        }
        return new TrustedProxies(addresses, "forwarded".equals(headers));
    }

    private static List<String> entries(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static void add(InetAddressSet addresses, String entry) {
        int slash = entry.indexOf('/');
        // Not left to Jetty, which would ask the network for names.
        if (!NUMERIC.matcher(slash < 0 ? entry : entry.substring(0, slash)).matches()) {
            throw wrong(entry, null);
        }
        if (entry.endsWith("/0")) {
            throw new FreeholdException(
                    ErrorCode.INVALID,
                    SETTING + " would trust everybody, so that each client could say who it is: " + entry);
        }
        try {
            addresses.add(entry);
        } catch (IllegalArgumentException e) {
            throw wrong(entry, e);
        }
    }

    private static FreeholdException wrong(String entry, @Nullable Throwable cause) {
        return new FreeholdException(
                ErrorCode.INVALID,
                SETTING + " takes addresses such as 10.0.0.5 and networks such as 10.0.0.0/24 or fd00::/64, with commas"
                        + " between them, and not " + entry,
                cause);
    }

    /** Whether there is any. */
    public boolean any() {
        return !addresses.isEmpty();
    }

    /** Whether the address is a proxy's. */
    public boolean contains(InetAddress address) {
        return any() && addresses.test(address);
    }
}
