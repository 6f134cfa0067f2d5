package io.freehold.launcher.cli;

import io.freehold.launcher.Configuration;
import io.freehold.launcher.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the doctor says of where Freehold listens, how that is protected, and which pages may call it. */
final class Network {
    private Network() {}

    static List<Finding> examine(Configuration configuration) {
        List<Finding> findings = new ArrayList<>();
        findings.add(plain(configuration));
        findings.add(tls(configuration));
        for (Setting secret : List.of(Setting.TLS_KEY, Setting.TLS_KEYSTORE, Setting.TLS_KEYSTORE_PASSWORD_FILE)) {
            if (!configuration.get(secret).isEmpty()) {
                findings.add(secret(secret, Path.of(configuration.get(secret))));
            }
        }
        findings.add(cors(configuration.get(Setting.CORS_ORIGINS)));
        for (Setting limit : List.of(Setting.RATE_LIMIT_REQUESTS, Setting.RATE_LIMIT_ANONYMOUS)) {
            if (configuration.get(limit).matches("0+")) {
                findings.add(Finding.note(
                        limit.key() + " is 0, so that nothing limits how often Freehold is asked",
                        "take the line out, or set a number"));
            }
        }
        return findings;
    }

    private static Finding plain(Configuration configuration) {
        String host = configuration.get(Setting.HTTP_HOST);
        String proxies = configuration.get(Setting.PROXY_TRUSTED);
        try {
            if (InetAddress.getByName(host).isLoopbackAddress()) {
                return Finding.ok("plain HTTP is bound to this machine alone (" + host + ")");
            }
        } catch (UnknownHostException e) {
            return Finding.fail(
                    "http.host is '" + host + "', which is no address of this machine", "correct http.host");
        }
        return proxies.isEmpty()
                ? Finding.fail(
                        "plain HTTP is bound to " + host + ", where others can read passwords and tokens",
                        "set http.host to 127.0.0.1 and https.host to " + host
                                + ", or name the proxies that speak TLS in" + " front in proxy.trusted")
                : Finding.ok("plain HTTP is bound to " + host + ", for the proxies " + proxies + " alone");
    }

    private static Finding tls(Configuration configuration) {
        String port = configuration.get(Setting.HTTPS_PORT);
        if (port.isEmpty()) {
            String off = "TLS is off";
            String cure = "set https.port, or put a proxy with TLS in front, before others reach it";
            return isLoopback(configuration.get(Setting.HTTP_HOST))
                    ? Finding.skip(off + ": " + cure)
                    : Finding.note(off + ", and Freehold listens beyond this machine", cure);
        }
        boolean given = !configuration.get(Setting.TLS_CERTIFICATE).isEmpty()
                || !configuration.get(Setting.TLS_KEYSTORE).isEmpty();
        return Finding.ok("TLS is bound to port " + port + " of " + configuration.get(Setting.HTTPS_HOST)
                + (given ? "" : ", with a certificate that nobody vouches for"));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Finding secret(Setting setting, Path file) {
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            return mode.endsWith("---")
                    ? Finding.ok("not everybody can look into " + setting.key() + " (" + file + ")")
                    : Finding.fail("everybody can look into " + file + " (" + mode + ")", "chmod 600 " + file);
        } catch (IOException e) {
            return Finding.fail(
                    setting.key() + " is " + file + ", which cannot be looked at", "correct " + setting.key());
        }
    }

    private static Finding cors(String origins) {
        return origins.toLowerCase(Locale.ROOT).contains("http://")
                ? Finding.fail(
                        "cors.origins lists pages that come over plain HTTP, which others can change: " + origins,
                        "list origins that begin with https:// alone")
                : Finding.ok(
                        origins.isEmpty()
                                ? "no page of another origin may call the API"
                                : "pages of these origins alone may call the API: " + origins);
    }
}
