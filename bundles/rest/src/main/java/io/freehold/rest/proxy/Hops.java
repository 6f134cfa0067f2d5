package io.freehold.rest.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.QuotedCSV;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/** What the headers of a request say of the hops that it took, each as the proxy behind it saw it; the client's side first. */
final class Hops {
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[?[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*]?");

    private Hops() {}

    /**
     * One hop.
     *
     * @param from who asked the proxy; null if it does not say, or says it so that it is no address
     * @param scheme what was spoken to the proxy, in lower case
     * @param host what was asked for
     */
    record Hop(
            @Nullable InetAddress from,
            @Nullable String scheme,
            @Nullable String host) {}

    /**
     * What the headers say; nothing if their quotes are broken, since then nobody knows which hop said what.
     *
     * @param standard whether by {@code Forwarded}, and otherwise by {@code X-Forwarded-For} and the like
     */
    static List<Hop> of(HttpFields headers, boolean standard) {
        try {
            return standard ? ofForwarded(headers) : ofXForwarded(headers);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** What {@code Forwarded} (RFC 7239) says. */
    private static List<Hop> ofForwarded(HttpFields headers) {
        List<Hop> hops = new ArrayList<>();
        for (String element :
                new QuotedCSV(true, headers.getValuesList("Forwarded").toArray(String[]::new))) {
            String from = null;
            String scheme = null;
            String host = null;
            for (String pair : element.split(";", -1)) {
                int equals = pair.indexOf('=');
                String name =
                        equals < 0 ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                String value = QuotedCSV.unquote(pair.substring(equals + 1).strip());
                switch (name) {
                    case "for" -> from = value;
                    case "proto" -> scheme = value.toLowerCase(Locale.ROOT);
                    case "host" -> host = value;
                    default -> {
                        // Whom it was sent to, and whatever else: of no interest here.
                    }
                }
            }
            hops.add(new Hop(address(from), scheme, host));
        }
        return hops;
    }

    /** What {@code X-Forwarded-For}, {@code -Proto} and {@code -Host} say; the latter may be there for the last hop alone. */
    private static List<Hop> ofXForwarded(HttpFields headers) {
        List<String> from = headers.getCSV("X-Forwarded-For", false);
        List<String> schemes = headers.getCSV("X-Forwarded-Proto", false);
        List<String> hosts = headers.getCSV("X-Forwarded-Host", false);
        int count = Math.max(1, from.size());
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String scheme = at(schemes, i, count);
            hops.add(new Hop(
                    i < from.size() ? address(from.get(i)) : null,
                    scheme == null ? null : scheme.toLowerCase(Locale.ROOT),
                    at(hosts, i, count)));
        }
        return hops;
    }

    /** One value for each hop, or the last proxy's one for all of them. */
    private static @Nullable String at(List<String> values, int index, int count) {
        if (values.isEmpty()) {
            return null;
        }
        return values.size() == count ? values.get(index) : values.get(values.size() - 1);
    }

    /** The address in a text that may have a port, too. Names are not looked up. */
    private static @Nullable InetAddress address(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String host = text;
        if (!LITERAL.matcher(text).matches()) {
            try {
                host = new HostPort(text).getHost();
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        try {
            return host != null && LITERAL.matcher(host).matches() ? InetAddress.getByName(host) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
