package io.freehold.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of those whose plugins may be uploaded: {@code NAME.pem} is a certificate of the publisher NAME, or
 * of an authority that vouches for it; {@code revoked} lists, one a line, what is not accepted any more: a plugin's
 * {@code ID VERSION}, the SHA-256 fingerprint of a certificate, or that of one file. Read anew each time, so that what an operator changes counts at once.
 */
final class TrustedPublishers {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedPublishers.class);

    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

    private final Path folder;

    TrustedPublishers(Path folder) {
        this.folder = folder;
    }

    /** The publisher who signed every entry of the jar; empty if no trusted one did. */
    Optional<String> publisher(PluginJar jar) throws IOException {
        if (jar.signers().isEmpty()) {
            return Optional.empty();
        }
        Map<String, X509Certificate> trusted = certificates();
        Set<String> revoked = revoked();
        for (CodeSigner signer : jar.signers()) {
            CertPath chain = signer.getSignerCertPath();
            if (chain.getCertificates().stream().anyMatch(one -> revoked.contains(fingerprint(one)))) {
                continue;
            }
            for (Map.Entry<String, X509Certificate> publisher : trusted.entrySet()) {
                if (!revoked.contains(fingerprint(publisher.getValue())) && vouches(publisher.getValue(), chain)) {
                    return Optional.of(publisher.getKey());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Looks at who signed a jar.
     *
     * @param required whether somebody trusted must have
     * @return the publisher; null if none is trusted
     * @throws io.freehold.api.FreeholdException if it is revoked, or not signed and has to be
     */
    @Nullable
    String check(PluginJar jar, boolean required) throws IOException {
        checkNotRevoked(jar);
        String publisher = publisher(jar).orElse(null);
        if (publisher == null && required) {
            throw PluginJar.refused("It is not signed as a whole by a publisher of etc/trusted-publishers.");
        }
        return publisher;
    }

    /**
     * @throws io.freehold.api.FreeholdException if the jar, its version or a certificate that it was signed with is
     *     on the list of what is revoked
     */
    void checkNotRevoked(PluginJar jar) throws IOException {
        Set<String> revoked = revoked();
        if (revoked.contains(jar.sha256())
                || revoked.contains((jar.id() + " " + jar.version()).toLowerCase(Locale.ROOT))
                || jar.signers().stream()
                        .flatMap(signer -> signer.getSignerCertPath().getCertificates().stream())
                        .anyMatch(one -> revoked.contains(fingerprint(one)))) {
            throw PluginJar.refused("It is revoked: etc/trusted-publishers/revoked lists it or its publisher.");
        }
    }

    private static boolean vouches(X509Certificate trusted, CertPath chain) {
        try {
            X509Certificate signer = (X509Certificate) chain.getCertificates().get(0);
            if (signer.equals(trusted)) {
                signer.checkValidity();
                return signs(signer, true);
            }
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(trusted, null)));
            // Revocation is by our own list: Freehold asks nobody on the network.
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(chain, parameters);
            return signs(signer, false);
        } catch (GeneralSecurityException e) {
            LOG.debug("{} does not vouch for a signer", trusted.getSubjectX500Principal(), e);
            return false;
        }
    }

    /**
     * Whether a certificate is for signing code: an authority vouches for servers and people, too.
     *
     * @param unless whether one that does not say what it is for will do
     */
    private static boolean signs(X509Certificate certificate, boolean unless) throws CertificateException {
        List<String> usages = certificate.getExtendedKeyUsage();
        return usages == null ? unless : usages.contains(CODE_SIGNING);
    }

    private Map<String, X509Certificate> certificates() throws IOException {
        Map<String, X509Certificate> certificates = new TreeMap<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (!name.endsWith(".pem")) {
                continue;
            }
            try (InputStream in = Files.newInputStream(file)) {
                certificates.put(name.substring(0, name.length() - 4), (X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(in));
            } catch (CertificateException e) {
                LOG.warn("{} is no certificate and is ignored: {}", file, e.getMessage());
            }
        }
        return certificates;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    private Set<String> revoked() throws IOException {
        Path list = folder.resolve("revoked");
        if (!Files.exists(list)) {
            return Set.of();
        }
        return Files.readAllLines(list).stream()
                .map(line -> line.split("#", 2)[0].strip().toLowerCase(Locale.ROOT))
                .map(line -> line.contains(" ") ? line.replaceAll("\\s+", " ") : line.replace(":", ""))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String fingerprint(Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read can be written", e);
        }
    }
}
