package io.freehold.provider.docker;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times as the engine says them; what is no time, or none of this age, is 1970, so that one odd answer hides no container. */
final class EngineTimes {
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private EngineTimes() {}

    static Instant of(String text) {
        try {
            return bounded(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    static Instant ofSeconds(long seconds) {
        return seconds > END.getEpochSecond() ? Instant.EPOCH : bounded(Instant.ofEpochSecond(Math.max(0, seconds)));
    }

    private static Instant bounded(Instant time) {
        return time.isBefore(Instant.EPOCH) || time.isAfter(END) ? Instant.EPOCH : time;
    }
}
