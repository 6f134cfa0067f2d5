package io.freehold.rest.tls;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A certificate with its key.
 *
 * @param chain the certificate, then those that vouch for it
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
    private static final byte[] PROBE = "Freehold".getBytes(StandardCharsets.UTF_8);

    /**
     * A certificate with the key that was found for it.
     *
     * @param file where the key is from
     * @throws FreeholdException if the key is another certificate's
     */
    static Identity of(PrivateKey key, List<X509Certificate> chain, Path file) {
        if (chain.isEmpty()) {
            throw new FreeholdException(ErrorCode.INVALID, "There is no certificate for the key in " + file);
        }
        if (!belong(key, chain.get(0))) {
            throw new FreeholdException(
                    ErrorCode.INVALID,
                    "The key in " + file + " is not that of the certificate "
                            + chain.get(0).getSubjectX500Principal() + ", which must be the first in its file");
        }
        return new Identity(key, List.copyOf(chain));
    }

    private static boolean belong(PrivateKey key, X509Certificate certificate) {
        String type = key.getAlgorithm();
        String algorithm = "RSA".equals(type) ? "SHA256withRSA" : "EC".equals(type) ? "SHA256withECDSA" : type;
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // Of another sort than the certificate.
            return false;
        }
    }

    /** Until when the certificate is valid. */
    public Instant until() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /** The SHA-256 of the certificate, as browsers and {@code openssl} show it. */
    public String fingerprint() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(chain.get(0).getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(hash).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read can be written", e);
        }
    }

    /** The same in a key store in memory, which has no password. */
    KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("freehold", key, new char[0], chain.toArray(new Certificate[0]));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Every Java can keep a key in memory", e);
        }
    }
}
