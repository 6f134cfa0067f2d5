package io.freehold.security.support;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/** What nobody can guess: tokens of 256 bits, and ids. Thread-safe. */
public final class Randoms {
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final TimeBasedEpochRandomGenerator ids = Generators.timeBasedEpochRandomGenerator(random);

    /** A new token: 43 characters that need no escaping anywhere. */
    public String token() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(BYTES));
    }

    /** Random bytes. */
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A number from 0 up to but not including the bound. */
    public long number(long bound) {
        return random.nextLong(bound);
    }

    /** A new id for something that is stored: a UUID of version 7 (RFC 9562), in the order of making. */
    public UUID id() {
        return ids.generate();
    }
}
