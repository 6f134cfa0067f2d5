package io.freehold.security.audit;

import io.freehold.api.audit.AuditCheckpoint;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Signs checkpoints, as {@code docs/reference/audit-format.md} lays down, and knows its own. */
final class Signer {
    private static final String FORMAT = "freehold-checkpoint-1";

    private final Ed25519PrivateKeyParameters key;
    private final String publicKey;
    private final Clock clock;

    /** @param key 32 random bytes */
    Signer(byte[] key, Clock clock) {
        this.key = new Ed25519PrivateKeyParameters(key);
        this.publicKey = HexFormat.of().formatHex(this.key.generatePublicKey().getEncoded());
        this.clock = clock;
    }

    /** Signs the state of the log at an entry. */
    AuditCheckpoint sign(long sequence, String hash) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        byte[] text = text(sequence, hash, now);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(text, 0, text.length);
        return new AuditCheckpoint(
                sequence, hash, now, publicKey, HexFormat.of().formatHex(signer.generateSignature()));
    }

    /** Whether this installation's key signed it, just so. */
    boolean signed(AuditCheckpoint checkpoint) {
        if (!checkpoint.key().equals(publicKey)) {
            return false;
        }
        byte[] text = text(checkpoint.sequence(), checkpoint.hash(), checkpoint.time());
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, key.generatePublicKey());
        verifier.update(text, 0, text.length);
        return verifier.verifySignature(HexFormat.of().parseHex(checkpoint.signature()));
    }

    private static byte[] text(long sequence, String hash, Instant time) {
        return (FORMAT + " " + sequence + " " + hash + " " + time).getBytes(StandardCharsets.US_ASCII);
    }
}
