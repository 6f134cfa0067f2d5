package io.freehold.security.hashing;

import io.freehold.api.Secret;
import io.freehold.security.support.Hashes;
import java.text.Normalizer;
import java.util.function.LongSupplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Argon2id (RFC 9106) with at least what OWASP asks for: 19 MiB, two passes, one lane. A hash takes tens of
 * milliseconds of CPU and that memory, so only a few run at a time: {@link HashingGate}. Hashes that other
 * programs made are checked, never made.
 */
public final class PasswordHasher {
    /** In the place of a hash: no password has it. */
    public static final String NONE = "!";

    /** The last two parts of a hash that no password has. */
    private static final String NOBODYS = "bm9ib2R5cyBzYWx0IDE2Yg$bm9ib2R5J3MgaGFzaCBvZiB0aGlydHktdHdvIGJ5dGU";
    /** Before the Argon2 hash of a SHA-256 in hexadecimal digits. */
    private static final String OVER_SHA256 = "{sha256}";
    /** What a portal for Proxmox appended to every password. */
    private static final String SHA256_SUFFIX = "proxmox-salt-2024";

    private final HashingGate gate;
    private final Object foreign = new Object();
    private volatile Argon2Cost cost = Argon2Cost.LEAST;
    private volatile Argon2PasswordEncoder argon2 = cost.encoder();

    public PasswordHasher(HashingGate gate) {
        this.gate = gate;
    }

    /** Measures this machine, and from then on hashes as strongly as it can afford to. Takes a few hashes' time. */
    public void measure(LongSupplier nanoTime) {
        Secret any = Secret.of("how long does this take");
        Argon2Cost measured = Argon2Cost.measured(nanoTime, () -> {
            var unused = hashInTurn(any);
        });
        argon2 = measured.encoder();
        cost = measured;
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
     * What to store for a hash that another program made. A SHA-256, which is quickly guessed from, is hashed once
     * more, so that it is nowhere as it was.
     *
     * @param field how the sender named it, for the violation
     * @throws io.freehold.api.FreeholdException {@code INVALID} naming the field if it is of no known form or too
     *     costly to check; {@code RATE_LIMITED} if too many others wait
     */
    public String adopt(String field, Secret hash) {
        ForeignHash known = ForeignHash.parse(field, hash.reveal().strip());
        return known.form() == ForeignHash.Form.SHA256
                ? OVER_SHA256 + gate.passInTurn(() -> argon2.encode(known.text()))
                : known.text();
    }

    /**
     * Whether it is the password with that hash.
     *
     * @param preferred whether to go before those who come from nowhere known
     * @throws io.freehold.api.FreeholdException {@code RATE_LIMITED} if too many others wait
     */
    public boolean matches(Secret password, String hash, boolean preferred) {
        return gate.pass(preferred, () -> matches(password, hash));
    }

    /** Costs what {@link #matches} costs, for a name that nobody has; always false. */
    public boolean matchesNobody(Secret password) {
        return matches(password, NONE, false);
    }

    /** Whether the hash was made with weaker parameters than those of today, or by another program. */
    public boolean outdated(String hash) {
        return !cost.isMetBy(hash);
    }

    private boolean matches(Secret password, String hash) {
        if (hash.startsWith(OVER_SHA256)) {
            String inner = Hashes.hex(password.reveal() + SHA256_SUFFIX);
            return argon2.matches(inner, hash.substring(OVER_SHA256.length()));
        }
        boolean right = false;
        if (Argon2Cost.isOwn(hash)) {
            right = argon2.matches(normalized(password), hash);
        } else if (hash.startsWith("$")) {
            // One at a time: some take much memory.
            synchronized (foreign) {
                right = matchesForeign(password, hash);
            }
        }
        if (cost.isMetBy(hash)) {
            return right;
        }
        // Somebody who guesses waits no shorter than for everybody else.
        boolean nobodys = argon2.matches(normalized(password), cost.prefix() + NOBODYS);
        return right || nobodys;
    }

    /** Other programs may have taken the characters as the keyboard composed them. */
    private boolean matchesForeign(Secret password, String hash) {
        String raw = password.reveal();
        if (!hash.startsWith("$argon2")) {
            return BCrypt.checkpw(raw, hash);
        }
        String normalized = normalized(password);
        return argon2.matches(normalized, hash) || (!normalized.equals(raw) && argon2.matches(raw, hash));
    }

    /** The same text for the same characters, however the keyboard composed them (NIST SP 800-63B-4, 3.1.1.2). */
    static String normalized(Secret password) {
        return Normalizer.normalize(password.reveal(), Normalizer.Form.NFC);
    }
}
