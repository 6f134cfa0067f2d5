package io.freehold.plugins;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody whose signatures count, or an authority that vouches for those who sign.
 *
 * @param certificate that of the publisher or of the authority
 */
record Publisher(String name, X509Certificate certificate) {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

    /** Whether a signature with this chain of certificates counts at this moment. */
    boolean vouchesFor(CertPath chain) {
        Instant now = Instant.now();
        X509Certificate signer = signer(chain);
        return leadsHere(chain, now)
                && untimely(signer, now).isEmpty()
                && untimely(certificate, now).isEmpty()
                && isForCode(signer);
    }

    /** Why a signature with a chain that leads here does not count; empty if it leads elsewhere. */
    Optional<String> objection(CertPath chain) {
        X509Certificate signer = signer(chain);
        if (!leadsHere(chain, signer.getNotAfter().toInstant())) {
            return Optional.empty();
        }
        Instant now = Instant.now();
        return Stream.of(untimely(signer, now), untimely(certificate, now))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> Optional.of("The certificate " + signer.getSubjectX500Principal()
                                + " is not for code signing: ask " + name
                                + " for a jar signed with one whose extended key usage says so.")
                        .filter(said -> !isForCode(signer)));
    }

    private Optional<String> untimely(X509Certificate one, Instant now) {
        String subject = "The certificate " + one.getSubjectX500Principal();
        Instant end = one.getNotAfter().toInstant();
        Instant begin = one.getNotBefore().toInstant();
        if (now.isAfter(end)) {
            return Optional.of(
                    subject + " expired at " + end + ": ask " + name + " for a jar signed with a valid one.");
        }
        return now.isBefore(begin)
                ? Optional.of(subject + " counts from " + begin + " on: look at the clock, or wait.")
                : Optional.empty();
    }

    static X509Certificate signer(CertPath chain) {
        return (X509Certificate) chain.getCertificates().get(0);
    }

    /** Whether each certificate of a chain is vouched for by the next, the last by this, and was valid at that time. */
    private boolean leadsHere(CertPath chain, Instant at) {
        if (signer(chain).equals(certificate)) {
            return true;
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(certificate, null)));
            // Revocation is by our own list: Freehold asks nobody on the network.
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            // What is trusted may itself be at the end of the chain.
            List<? extends Certificate> between = chain.getCertificates().stream()
                    .takeWhile(one -> !one.equals(certificate))
                    .toList();
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(between), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            LOG.debug("{} does not vouch for a signer", certificate.getSubjectX500Principal(), e);
            return false;
        }
    }

    /** An authority vouches for servers and people, too; a publisher's own certificate need not say what it is for. */
    private boolean isForCode(X509Certificate signer) {
        try {
            List<String> usages = signer.getExtendedKeyUsage();
            return usages == null ? signer.equals(certificate) : usages.contains(CODE_SIGNING);
        } catch (CertificateException e) {
            LOG.debug("{} does not say what it is for", signer.getSubjectX500Principal(), e);
            return false;
        }
    }
}
