package io.freehold.security.audit;

import io.freehold.api.audit.AuditCheckpoint;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Signs checkpoints and segments, as {@code docs/reference/audit-format.md} lays down, and knows its own. */
final class Signer {
    private static final String FORMAT = "freehold-checkpoint-1";
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{128}");

    private final Ed25519PrivateKeyParameters key;
    private final String publicKey;
    private final Clock clock;

    /** @param key 32 random bytes */
    Signer(byte[] key, Clock clock) {
        this.key = new Ed25519PrivateKeyParameters(key);
        this.publicKey = HexFormat.of().formatHex(this.key.generatePublicKey().getEncoded());
        this.clock = clock;
    }

    String publicKey() {
        return publicKey;
    }

    /** Signs the state of the log at an entry. */
    AuditCheckpoint sign(long sequence, String hash) {
        Instant now = now();
        return new AuditCheckpoint(sequence, hash, now, publicKey, sign(text(sequence, hash, now)));
    }

    /** Whether this installation's key signed it, just so. */
    boolean signed(AuditCheckpoint checkpoint) {
        return checkpoint.key().equals(publicKey)
                && signed(text(checkpoint.sequence(), checkpoint.hash(), checkpoint.time()), checkpoint.signature());
    }

    /** The time, in milliseconds as signed texts have it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Signs a text, whose first word says what it is: 128 hexadecimal digits. */
    String sign(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(bytes, 0, bytes.length);
        return HexFormat.of().formatHex(signer.generateSignature());
    }

    /** Whether this installation's key signed the text. */
    boolean signed(String text, String signature) {
        if (!SIGNATURE.matcher(signature).matches()) {
            return false;
        }
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, key.generatePublicKey());
        verifier.update(bytes, 0, bytes.length);
        return verifier.verifySignature(HexFormat.of().parseHex(signature));
    }

    private static String text(long sequence, String hash, Instant time) {
        return FORMAT + " " + sequence + " " + hash + " " + time;
    }
}
