package io.freehold.core.util;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long the core waits for things.
 *
 * @param connect for a backend to be opened
 * @param call for a backend to answer a question
 * @param reconcile between two complete readings of a backend that reports its changes
 * @param poll between two complete readings of one that does not
 * @param retry before a backend that failed is tried again the first time; doubled each time
 * @param retryLimit what {@code retry} grows to
 * @param availability how long an operation waits for its backend to come back before it begins
 * @param action for an action; stopping has its grace in addition
 * @param create for a creation, with what it must fetch
 * @param recovery for a backend to answer what became of an operation that a crash interrupted
 * @param settle between the two looks for what an interrupted creation left
 * @param firstSample for the first measurement
 * @param idle how long a measurement goes on after its last use
 * @param housekeeping between two looks for what is old enough to be forgotten
 */
public record Timings(
        Duration connect,
        Duration call,
        Duration reconcile,
        Duration poll,
        Duration retry,
        Duration retryLimit,
        Duration availability,
        Duration action,
        Duration create,
        Duration recovery,
        Duration settle,
        Duration firstSample,
        Duration idle,
        Duration housekeeping) {

    /** What holds in a running Freehold. */
    public static final Timings STANDARD = new Timings(
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(15),
            Duration.ofMinutes(10),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10));

    /** Up to a tenth more or less, so that many backends are not all read at the same moment. */
    public static Duration jittered(Duration pause) {
        long tenth = Math.max(1, pause.toNanos() / 10);
        return pause.plusNanos(ThreadLocalRandom.current().nextLong(-tenth, tenth));
    }
}
