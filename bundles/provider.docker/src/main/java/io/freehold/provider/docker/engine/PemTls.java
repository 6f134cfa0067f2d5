package io.freehold.provider.docker.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freehold.api.ErrorCode;
import io.freehold.api.Secret;
import io.freehold.api.provider.ProviderException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Turns the PEM texts of a configuration into TLS, in memory: no key ever touches a disk. */
public final class PemTls {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END");
    private static final char[] NO_PASSWORD = new char[0];

    /** {@code AlgorithmIdentifier} of rsaEncryption (RFC 8017 A.1) after the version of a PKCS #8 key (RFC 5208). */
    private static final byte[] RSA_HEADER = {
        2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
    };

    private PemTls() {}

    /**
     * TLS that trusts only the given authority and shows the given certificate.
     *
     * @throws ProviderException {@code INVALID} naming the field that cannot be used
     */
    public static SSLContext context(String caCertificate, String clientCertificate, Secret clientKey) {
        Certificate[] chain =
                certificates("clientCertificate", clientCertificate).toArray(Certificate[]::new);
        Collection<? extends Certificate> authorities = certificates("caCertificate", caCertificate);
        PrivateKey key = key(clientKey.reveal());
        if (!key.getAlgorithm().equals(chain[0].getPublicKey().getAlgorithm())
                && !key.getAlgorithm().startsWith("Ed")) {
            throw invalid("clientKey", "is not the key of clientCertificate");
        }
        try {
            KeyStore keys = emptyStore();
            keys.setKeyEntry("client", key, NO_PASSWORD, chain);
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, NO_PASSWORD);

            KeyStore trusted = emptyStore();
            int number = 0;
            for (Certificate authority : authorities) {
                trusted.setCertificateEntry("ca" + number++, authority);
            }
            TrustManagerFactory trustManagers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trustManagers.init(trusted);

            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new ProviderException(
                    ErrorCode.INVALID,
                    "clientKey",
                    "The certificates and the key cannot be used together; check all three.",
                    e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<? extends Certificate> certificates(String field, String pem) {
        try {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(UTF_8)));
            if (!found.isEmpty()) {
                return List.copyOf(found);
            }
        } catch (GeneralSecurityException e) {
            throw new ProviderException(
                    ErrorCode.INVALID, field, message(field, "is not a certificate in PEM form"), e);
        }
        throw invalid(field, "holds no certificate in PEM form");
    }

    private static PrivateKey key(String pem) {
        Matcher block = KEY.matcher(pem);
        if (!block.find()) {
            throw invalid("clientKey", "is not an unencrypted private key in PEM form");
        }
        if (block.group(1).startsWith("EC")) {
            throw invalid("clientKey", "must be in PKCS #8 form: convert it with openssl pkcs8 -topk8 -nocrypt");
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            throw invalid("clientKey", "is not an unencrypted private key in PEM form");
        }
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(block.group(1).startsWith("RSA") ? wrapped(der) : der);
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // a key of another algorithm: the next may fit, and the message below speaks for all
            } catch (GeneralSecurityException e) {
                throw new ProviderException(ErrorCode.INTERNAL, "This Java cannot read private keys.", e);
            }
        }
        throw invalid("clientKey", "is damaged, or of a sort other than RSA, EC and Ed25519");
    }

    /** A PKCS #1 key, as older versions of OpenSSL write it, inside the PKCS #8 form that Java reads. */
    private static byte[] wrapped(byte[] rsaKey) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(RSA_HEADER);
        body.writeBytes(derOf(4, rsaKey));
        return derOf(0x30, body.toByteArray());
    }

    /** DER with a length of two bytes, enough for every RSA key. */
    private static byte[] derOf(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length});
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static ProviderException invalid(String field, String problem) {
        return new ProviderException(ErrorCode.INVALID, field, message(field, problem), null);
    }

    private static String message(String field, String problem) {
        return field + " " + problem + ".";
    }
}
