package io.freehold.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a PostgreSQL is and how to reach it safely: from {@code jdbc:postgresql://…} or the form that other
 * tools use, {@code postgresql://user:password@host:port/database}.
 *
 * @param jdbc the URL for the driver; may hold the password and is never shown
 * @param hosts the host names in it
 */
record PostgresUrl(String jdbc, List<String> hosts) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    static boolean fits(String url) {
        return url.startsWith("jdbc:postgresql:") || url.startsWith("postgresql://") || url.startsWith("postgres://");
    }

    /**
     * @throws IllegalArgumentException with one line for the operator if the URL cannot be used; it never
     *     repeats the URL
     */
    static PostgresUrl parse(String url) {
        String jdbc = url.startsWith("jdbc:") ? url : fromUri(url);
        PGSimpleDataSource parsed = new PGSimpleDataSource();
        try {
            parsed.setURL(jdbc);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Its message holds the URL, and that the password.
            throw new IllegalArgumentException("database.url is not a valid PostgreSQL URL");
        }
        PostgresUrl result = new PostgresUrl(jdbc, List.of(parsed.getServerNames()));
        result.requireSafe(parsed);
        return result;
    }

    private void requireSafe(PGSimpleDataSource parsed) {
        if (LOOPBACK.containsAll(hosts)) {
            return;
        }
        if (!"verify-full".equals(parsed.getSslMode())) {
            throw new IllegalArgumentException(
                    "database.url names another machine: add sslmode=verify-full (and sslrootcert=… for a private CA)");
        }
        PGSimpleDataSource plain = new PGSimpleDataSource();
        if (!Objects.equals(parsed.getSslfactory(), plain.getSslfactory())
                || !Objects.equals(parsed.getSslHostnameVerifier(), plain.getSslHostnameVerifier())
                || !Objects.equals(parsed.getSocketFactory(), plain.getSocketFactory())) {
            // They would undo the checks of verify-full.
            throw new IllegalArgumentException(
                    "database.url must not set sslfactory, sslhostnameverifier or socketFactory for another machine");
        }
    }

    private static String fromUri(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            // Its message holds the URL, and that the password.
            throw new IllegalArgumentException(
                    "database.url is not a valid URL; encode special characters with percent signs");
        }
        StringBuilder jdbc =
                new StringBuilder("jdbc:postgresql://").append(hostAndPort(uri)).append(uri.getRawPath());
        String separator = "?";
        if (uri.getRawUserInfo() != null) {
            // Decoded and encoded again: a URI's user info may hold characters that a query may not.
            String[] user = uri.getRawUserInfo().split(":", 2);
            jdbc.append(separator).append("user=").append(recoded(user[0]));
            separator = "&";
            if (user.length > 1) {
                jdbc.append(separator).append("password=").append(recoded(user[1]));
            }
        }
        if (uri.getRawQuery() != null) {
            jdbc.append(separator).append(uri.getRawQuery());
        }
        return jdbc.toString();
    }

    private static String hostAndPort(URI uri) {
        String authority = uri.getRawAuthority() == null ? "localhost" : uri.getRawAuthority();
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static String recoded(String text) {
        // In a URI's user info a plus sign is itself, not a space.
        String plain = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        return URLEncoder.encode(plain, StandardCharsets.UTF_8);
    }
}
