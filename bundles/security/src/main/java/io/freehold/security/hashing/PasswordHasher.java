package io.freehold.security.hashing;

import io.freehold.api.Secret;
import java.text.Normalizer;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Argon2id (RFC 9106) with the parameters that OWASP asks for: 19 MiB, two passes, one lane. A hash takes
 * tens of milliseconds of CPU and that memory, so only a few run at a time: {@link HashingGate}.
 */
public final class PasswordHasher {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    /** No password has this hash: checking one against it costs what any check costs, and fails. */
    private static final String NOBODYS = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES
            + "$bm9ib2R5cyBzYWx0IDE2Yg$bm9ib2R5J3MgaGFzaCBvZiB0aGlydHktdHdvIGJ5dGU";

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final HashingGate gate;

    public PasswordHasher(HashingGate gate) {
        this.gate = gate;
    }

    /**
     * Hashes a password for storing.
     *
     * @throws io.freehold.api.FreeholdException {@code RATE_LIMITED} if too many others wait
     */
    public String hash(Secret password) {
        return gate.pass(true, () -> argon2.encode(normalized(password)));
    }

    /**
     * Hashes a password that somebody who is signed in sets for another, when it is their turn.
     *
     * @throws io.freehold.api.FreeholdException {@code RATE_LIMITED} if too many others wait
     */
    public String hashInTurn(Secret password) {
        return gate.passInTurn(() -> argon2.encode(normalized(password)));
    }

    /**
     * Whether it is the password with that hash.
     *
     * @param preferred whether to go before those who come from nowhere known
     * @throws io.freehold.api.FreeholdException {@code RATE_LIMITED} if too many others wait
     */
    public boolean matches(Secret password, String hash, boolean preferred) {
        return gate.pass(preferred, () -> argon2.matches(normalized(password), hash));
    }

    /** Costs what {@link #matches} costs, for a name that nobody has; always false. */
    public boolean matchesNobody(Secret password) {
        return matches(password, NOBODYS, false);
    }

    /** Whether the hash was made with weaker parameters than those of today. */
    public boolean outdated(String hash) {
        return argon2.upgradeEncoding(hash);
    }

    /** The same text for the same characters, however the keyboard composed them (NIST SP 800-63B-4, 3.1.1.2). */
    static String normalized(Secret password) {
        return Normalizer.normalize(password.reveal(), Normalizer.Form.NFC);
    }
}
