package io.freehold.rest.tls;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS #12 file with a certificate and its key.
 *
 * @param password its password; empty if there is none, or if it is in a file
 * @param passwordFile a file whose first line is the password, read anew each time
 */
public record KeyStoreFile(
        Path file, Secret password, @Nullable Path passwordFile) implements CertificateSource {
    @Override
    public List<Path> files() {
        return passwordFile == null ? List.of(file) : List.of(file, passwordFile);
    }

    @Override
    public Identity load() {
        byte[] content = PrivateFiles.readSecret(file);
        char[] secret = secret();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), secret);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getKey(alias, secret) instanceof PrivateKey key) {
                    return Identity.of(key, chain(store.getCertificateChain(alias)), file);
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new FreeholdException(
                    ErrorCode.INVALID,
                    file + " is no PKCS #12 file, or its password is another one than tls.keystore.password"
                            + " (FREEHOLD_TLS_KEYSTORE_PASSWORD)",
                    e);
        } finally {
            Arrays.fill(secret, '\0');
        }
        throw new FreeholdException(ErrorCode.INVALID, "There is no private key in " + file);
    }

    private static List<X509Certificate> chain(Certificate @Nullable [] certificates) {
        return certificates == null
                ? List.of()
                : Arrays.stream(certificates).map(X509Certificate.class::cast).toList();
    }

    private char[] secret() {
        if (passwordFile == null) {
            return password.reveal().toCharArray();
        }
        String text = new String(PrivateFiles.readSecret(passwordFile), StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("").toCharArray();
    }
}
