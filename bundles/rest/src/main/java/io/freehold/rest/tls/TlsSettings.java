package io.freehold.rest.tls;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where we speak TLS, and as whom.
 *
 * @param port 0 for any free one
 * @param given the certificate's files; null for one that Freehold makes for itself
 * @param folder where it keeps that one
 */
public record TlsSettings(String host, int port, @Nullable CertificateSource given, Path folder) {
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * What is set; empty without {@code https.port}.
     *
     * @throws FreeholdException with one line that says which setting is wrong and what to do
     */
    public static Optional<TlsSettings> of(Settings settings) {
        if (settings.text("https.port").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TlsSettings(
                settings.text("https.host").orElse(LOOPBACK),
                settings.integer("https.port", 0, 0, 65_535),
                given(settings),
                settings.data().resolve("tls")));
    }

    private static @Nullable CertificateSource given(Settings settings) {
        Optional<Path> certificate = path(settings, "tls.certificate");
        Optional<Path> key = path(settings, "tls.key");
        Optional<Path> store = path(settings, "tls.keystore");
        if (certificate.isPresent() != key.isPresent()) {
            throw new FreeholdException(
                    ErrorCode.INVALID,
                    "tls.certificate (FREEHOLD_TLS_CERTIFICATE) and tls.key (FREEHOLD_TLS_KEY) go together: set both");
        }
        if (store.isPresent() && certificate.isPresent()) {
            throw new FreeholdException(
                    ErrorCode.INVALID, "tls.keystore and tls.certificate are both set: keep the one that is meant");
        }
        if (store.isPresent()) {
            return new KeyStoreFile(
                    store.get(),
                    Secret.of(settings.text("tls.keystore.password").orElse("")),
                    path(settings, "tls.keystore.password.file").orElse(null));
        }
        return certificate.isPresent() ? new PemFiles(certificate.get(), key.orElseThrow()) : null;
    }

    private static Optional<Path> path(Settings settings, String key) {
        return settings.text(key).map(Path::of).map(path -> {
            if (!path.isAbsolute()) {
                throw new FreeholdException(ErrorCode.INVALID, key + " is not a whole path from / on: " + path);
            }
            return path;
        });
    }

    /**
     * The certificate to serve with; the one of our own is made now if need be.
     *
     * @param name what else than this machine's own names clients call us; null for nothing
     */
    CertificateSource source(@Nullable String name) {
        if (given != null) {
            return given;
        }
        Set<String> names = new LinkedHashSet<>(Set.of("localhost", LOOPBACK, "::1"));
        if (!"0.0.0.0".equals(host) && !"::".equals(host)) {
            names.add(host);
        }
        if (name != null) {
            names.add(name);
        }
        return OwnCertificate.in(folder, names, Instant.now());
    }
}
