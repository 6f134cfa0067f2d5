package io.freehold.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPath;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

    private final Path folder;

    TrustedPublishers(Path folder) {
        this.folder = folder;
    }

    /** The publisher who signed every entry of the jar; empty if no trusted one did. */
    Optional<String> publisher(PluginJar jar) throws IOException {
        if (jar.signers().isEmpty()) {
            return Optional.empty();
        }
        List<Publisher> trusted = trusted();
        Set<String> revoked = revoked();
        for (CodeSigner signer : jar.signers()) {
            CertPath chain = signer.getSignerCertPath();
            if (chain.getCertificates().stream().anyMatch(one -> revoked.contains(fingerprint(one)))) {
                continue;
            }
            for (Publisher publisher : trusted) {
                if (!revoked.contains(fingerprint(publisher.certificate())) && publisher.vouchesFor(chain)) {
                    return Optional.of(publisher.name());
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
            throw PluginJar.refused(why(jar));
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

    /** Why nobody's signature of a jar counts, and what to do. */
    private String why(PluginJar jar) throws IOException {
        if (jar.signers().isEmpty()) {
            return "It is not signed, or not as a whole: ask its publisher for a signed one.";
        }
        List<Publisher> trusted = trusted();
        return jar.signers().stream()
                .map(CodeSigner::getSignerCertPath)
                .flatMap(chain -> trusted.stream().flatMap(one -> one.objection(chain).stream()))
                .findFirst()
                .orElse("It is signed by "
                        + Publisher.signer(jar.signers().get(0).getSignerCertPath())
                                .getSubjectX500Principal()
                        + ", for whom no certificate in etc/trusted-publishers vouches.");
    }

    private List<Publisher> trusted() throws IOException {
        List<Publisher> trusted = new ArrayList<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (!name.endsWith(".pem")) {
                continue;
            }
            try (InputStream in = Files.newInputStream(file)) {
                trusted.add(new Publisher(name.substring(0, name.length() - 4), (X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(in)));
            } catch (CertificateException e) {
                LOG.warn("{} is no certificate and is ignored: {}", file, e.getMessage());
            }
        }
        return trusted;
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
        // Comments may be in any encoding; what counts is ASCII.
        return Files.readString(list, StandardCharsets.ISO_8859_1)
                .lines()
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
