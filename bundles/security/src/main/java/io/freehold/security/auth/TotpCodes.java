package io.freehold.security.auth;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.security.support.Hashes;
import io.freehold.security.support.Randoms;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/**
 * The codes of authenticator apps (RFC 6238): SHA-1, six digits, a new one every 30 seconds, which is what every app
 * knows. The one before and the one after count too, since clocks differ.
 */
final class TotpCodes {
    private static final int SECRET_BYTES = 20;
    private static final long STEP_MILLIS = 30_000;
    private static final int TOLERANCE = 1;
    private static final String ISSUER = "Freehold";

    private final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();

    /** A new secret, in Base32. */
    static Secret secret(Randoms randoms) {
        return Secret.of(Base32.toBase32String(randoms.bytes(SECRET_BYTES)));
    }

    /** What an app reads from a QR code. Names hold nothing that means something in an address but {@code @}. */
    static Secret uri(Secret secret, String username) {
        return Secret.of("otpauth://totp/" + ISSUER + ":" + username.replace("@", "%40") + "?secret=" + secret.reveal()
                + "&issuer=" + ISSUER + "&algorithm=SHA1&digits=6&period=30");
    }

    /**
     * The step of time that the code is of.
     *
     * @param after the last step whose code was used: none up to it counts
     */
    OptionalLong step(Secret secret, Secret code, long after, long nowMillis) {
        SecretKeySpec key = new SecretKeySpec(
                Base32.decode(secret.reveal().getBytes(StandardCharsets.US_ASCII)), generator.getAlgorithm());
        long now = nowMillis / STEP_MILLIS;
        OptionalLong found = OptionalLong.empty();
        for (long step = now - TOLERANCE; step <= now + TOLERANCE; step++) {
            if (Hashes.same(at(key, step), code.reveal()) && step > after) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    private String at(SecretKeySpec key, long step) {
        try {
            return generator.generateOneTimePasswordString(key, Instant.ofEpochMilli(step * STEP_MILLIS));
        } catch (InvalidKeyException e) {
            throw new FreeholdException(ErrorCode.INTERNAL, "A stored secret is no key.", e);
        }
    }
}
