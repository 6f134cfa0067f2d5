package io.freehold.core.util;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.UUID;

/** Mints ids: UUIDs of version 7 (RFC 9562), which sort by the time of their making. Thread-safe. */
public final class Ids {
    private final TimeBasedEpochRandomGenerator generator = Generators.timeBasedEpochRandomGenerator();

    /** A new id. */
    public UUID next() {
        return generator.generate();
    }
}
