package io.freehold.rest.tls;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and a key as ACME clients and OpenSSL write them.
 *
 * @param certificate the certificate, then those that vouch for it
 * @param key the key, not encrypted: PKCS #8, or what is older
 */
public record PemFiles(Path certificate, Path key) implements CertificateSource {
    @Override
    public List<Path> files() {
        return List.of(certificate, key);
    }

    @Override
    public Identity load() {
        PrivateKey secret = key(PrivateFiles.readSecret(key));
        return Identity.of(secret, chain(PrivateFiles.read(certificate)), key);
    }

    private List<X509Certificate> chain(byte[] pem) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemObject part : parts(pem)) {
                if (part.getType().endsWith("CERTIFICATE")) {
                    chain.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(part.getContent())));
                }
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw broken(certificate, "no certificate in PEM form", e);
        }
        if (chain.isEmpty()) {
            throw broken(certificate, "no certificate in PEM form", null);
        }
        return chain;
    }

    private PrivateKey key(byte[] pem) {
        try {
            for (PemObject part : parts(pem)) {
                if ("ENCRYPTED PRIVATE KEY".equals(part.getType())
                        || !part.getHeaders().isEmpty()) {
                    throw new FreeholdException(
                            ErrorCode.INVALID,
                            "The key in " + key + " is encrypted: decrypt it with openssl pkey, or use a PKCS #12 file,"
                                    + " which has a password");
                }
                if (part.getType().endsWith("PRIVATE KEY")) {
                    PrivateKeyInfo info = info(part);
                    return KeyFactory.getInstance(algorithm(info))
                            .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
                }
            }
        } catch (FreeholdException e) {
            throw e;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // What is damaged inside comes out of Bouncy Castle as a runtime exception of one sort or another.
            throw broken(key, "no private key in PEM form", e);
        }
        throw broken(key, "no private key in PEM form", null);
    }

    private static String algorithm(PrivateKeyInfo info) {
        ASN1ObjectIdentifier id = info.getPrivateKeyAlgorithm().getAlgorithm();
        return id.equals(PKCSObjectIdentifiers.rsaEncryption)
                ? "RSA"
                : id.equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : id.getId();
    }

    private static PrivateKeyInfo info(PemObject part) throws IOException {
        return switch (part.getType()) {
            case "RSA PRIVATE KEY" ->
                new PrivateKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        RSAPrivateKey.getInstance(part.getContent()));
            case "EC PRIVATE KEY" -> {
                ECPrivateKey curve = ECPrivateKey.getInstance(part.getContent());
                yield new PrivateKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve.getParametersObject()),
                        curve);
            }
            default -> PrivateKeyInfo.getInstance(part.getContent());
        };
    }

    private static List<PemObject> parts(byte[] pem) throws IOException {
        List<PemObject> parts = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(new String(pem, StandardCharsets.UTF_8)))) {
            for (PemObject part = reader.readPemObject(); part != null; part = reader.readPemObject()) {
                parts.add(part);
            }
        } catch (DecoderException e) {
            throw new IOException("no Base64", e);
        }
        return parts;
    }

    private static FreeholdException broken(Path file, String lack, @Nullable Throwable cause) {
        return new FreeholdException(ErrorCode.INVALID, "There is " + lack + " in " + file, cause);
    }
}
