package io.freehold.itests.system;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app: codes of six digits from a secret and the time (RFC 6238). */
final class AuthenticatorApp {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int STEP_SECONDS = 30;

    private final byte[] secret;
    private final long begun = Instant.now().getEpochSecond() / STEP_SECONDS;

    AuthenticatorApp(String base32) {
        ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
        int bits = 0;
        int held = 0;
        for (int i = 0; i < base32.length(); i++) {
            bits = bits << 5 | BASE32.indexOf(base32.charAt(i));
            held += 5;
            if (held >= 8) {
                held -= 8;
                bytes.put((byte) (bits >> held));
            }
        }
        secret = bytes.array();
    }

    /** The code of some steps after the one in which the app was set up. */
    String code(int steps) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secret, "HmacSHA1"));
        byte[] hash = mac.doFinal(
                ByteBuffer.allocate(Long.BYTES).putLong(begun + steps).array());
        int at = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash).getInt(at) & Integer.MAX_VALUE;
        return "%06d".formatted(number % 1_000_000);
    }
}
