package io.freehold.security.secrets;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Secrets;
import io.freehold.security.support.Hashes;
import io.freehold.security.support.Randoms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets sealed with AES-256-GCM (NIST SP 800-38D) under a random nonce of 96 bits, with the row as
 * additional data. Written {@code v1.<key>.<nonce and ciphertext>}: the version of the format, the
 * fingerprint of the key, base64url.
 */
public final class SealedSecrets implements Secrets {
    private static final String VERSION = "v1";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final String fingerprint;
    private final Randoms randoms;

    public SealedSecrets(byte[] key, Randoms randoms) {
        this.key = new SecretKeySpec(key, "AES");
        this.fingerprint = fingerprint(key);
        this.randoms = randoms;
    }

    /** The beginning of the key's hash: tells keys apart and says nothing about them. */
    public static String fingerprint(byte[] key) {
        return HexFormat.of().formatHex(Hashes.sha256(key), 0, 8);
    }

    @Override
    public String seal(Secret secret, String row) {
        byte[] nonce = randoms.bytes(NONCE_BYTES);
        try {
            byte[] text = secret.reveal().getBytes(StandardCharsets.UTF_8);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, row).doFinal(text);
            byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return VERSION + "." + fingerprint + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new FreeholdException(ErrorCode.INTERNAL, "A secret could not be encrypted.", e);
        }
    }

    @Override
    public Secret open(String sealed, String row) {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw new FreeholdException(ErrorCode.INTERNAL, "A stored secret is of an unknown format.");
        }
        if (!parts[1].equals(fingerprint)) {
            throw new FreeholdException(ErrorCode.INTERNAL, "A stored secret was encrypted with another key.");
        }
        try {
            byte[] whole = Base64.getUrlDecoder().decode(parts[2]);
            byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
            byte[] text = cipher(Cipher.DECRYPT_MODE, nonce, row)
                    .doFinal(whole, NONCE_BYTES, Math.max(0, whole.length - NONCE_BYTES));
            return Secret.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new FreeholdException(
                    ErrorCode.INTERNAL, "A stored secret was changed, or belongs to something else.", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String row) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("freehold:" + VERSION + ":" + row).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
