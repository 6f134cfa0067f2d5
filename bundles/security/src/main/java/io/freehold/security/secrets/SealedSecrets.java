package io.freehold.security.secrets;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Secrets;
import io.freehold.security.support.Hashes;
import io.freehold.security.support.Randoms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets sealed with AES-256-GCM (NIST SP 800-38D) in an envelope: each under a data key of its own, which is
 * sealed under the installation's key, both with the row as additional data. A new key of the installation
 * therefore takes new envelopes alone. Written {@code v2.<key>.<data key>.<secret>}: the version of the format,
 * the fingerprint of the installation's key, then twice nonce and ciphertext as base64url. The first format,
 * {@code v1.<key>.<secret>} without a data key, can still be opened.
 */
public final class SealedSecrets implements Secrets {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
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
        byte[] dataKey = randoms.bytes(KEY_BYTES);
        try {
            return "v2." + fingerprint + "." + encrypt(key, dataKey, "v2:key:" + row) + "."
                    + encrypt(aes(dataKey), secret.reveal().getBytes(StandardCharsets.UTF_8), "v2:" + row);
        } catch (GeneralSecurityException e) {
            throw new FreeholdException(ErrorCode.INTERNAL, "A secret could not be encrypted.", e);
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    @Override
    public Secret open(String sealed, String row) {
        String[] parts = sealed.split("\\.", -1);
        boolean first = parts.length == 3 && parts[0].equals("v1");
        if (!first && !(parts.length == 4 && parts[0].equals("v2"))) {
            throw new FreeholdException(ErrorCode.INTERNAL, "A stored secret is of an unknown format.");
        }
        if (!parts[1].equals(fingerprint)) {
            throw new FreeholdException(ErrorCode.INTERNAL, "A stored secret was encrypted with another key.");
        }
        try {
            byte[] text = first
                    ? decrypt(key, parts[2], "v1:" + row)
                    : decrypt(aes(decrypt(key, parts[2], "v2:key:" + row)), parts[3], "v2:" + row);
            return Secret.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | ProviderException | IllegalArgumentException e) {
            throw new FreeholdException(
                    ErrorCode.INTERNAL, "A stored secret was changed, or belongs to something else.", e);
        }
    }

    private String encrypt(SecretKey with, byte[] text, String bound) throws GeneralSecurityException {
        byte[] nonce = randoms.bytes(NONCE_BYTES);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, with, nonce, bound).doFinal(text);
        byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    private static byte[] decrypt(SecretKey with, String sealed, String bound) throws GeneralSecurityException {
        byte[] whole = Base64.getUrlDecoder().decode(sealed);
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        return cipher(Cipher.DECRYPT_MODE, with, nonce, bound)
                .doFinal(whole, NONCE_BYTES, Math.max(0, whole.length - NONCE_BYTES));
    }

    private static Cipher cipher(int mode, SecretKey with, byte[] nonce, String bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, with, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("freehold:" + bound).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static SecretKey aes(byte[] key) {
        return new SecretKeySpec(key, "AES");
    }
}
