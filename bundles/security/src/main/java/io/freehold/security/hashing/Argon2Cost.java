package io.freehold.security.hashing;

import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * What hashing a password costs: memory, and passes over it. One lane, since few hash at a time.
 *
 * @param memoryKib in KiB
 */
record Argon2Cost(int memoryKib, int passes) {
    /** The least, which OWASP asks for. */
    static final Argon2Cost LEAST = new Argon2Cost(19 * 1024, 2);

    /** More would let a login storm in. */
    private static final int MOST_PASSES = 6;
    /** What a hash may take on this machine. */
    private static final long TARGET_NANOS = 60_000_000;

    private static final int WARM_UP = 3;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final Pattern ENCODED =
            Pattern.compile("\\$argon2id\\$v=19\\$m=" + LEAST.memoryKib() + ",t=(\\d{1,9}),p=" + LANES + "\\$.*");

    Argon2PasswordEncoder encoder() {
        return new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, memoryKib, passes);
    }

    /** The beginning of each hash of this cost. */
    String prefix() {
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=" + LANES + "$";
    }

    /** Whether the hash may be one that was made here. */
    static boolean isOwn(String hash) {
        Matcher encoded = ENCODED.matcher(hash);
        return encoded.matches() && Integer.parseInt(encoded.group(1)) <= MOST_PASSES;
    }

    /** Whether the hash may be one that was made here, and costs no less. */
    boolean isMetBy(String hash) {
        Matcher encoded = ENCODED.matcher(hash);
        return encoded.matches() && Integer.parseInt(encoded.group(1)) >= passes;
    }

    /**
     * Measures how many passes fit into 60 ms on this machine: two at the least, six at the most.
     *
     * @param work hashes once with the least cost
     */
    static Argon2Cost measured(LongSupplier nanoTime, Runnable work) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i <= WARM_UP; i++) {
            long begin = nanoTime.getAsLong();
            work.run();
            fastest = Math.min(fastest, nanoTime.getAsLong() - begin);
        }
        long passes = TARGET_NANOS * LEAST.passes() / Math.max(1, fastest);
        return new Argon2Cost(LEAST.memoryKib(), (int) Math.max(LEAST.passes(), Math.min(MOST_PASSES, passes)));
    }
}
