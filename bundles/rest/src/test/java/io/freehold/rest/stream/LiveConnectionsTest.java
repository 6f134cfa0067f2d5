package io.freehold.rest.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveConnectionsTest {
    private final LiveConnections connections = new LiveConnections(System::nanoTime);

    @AfterEach
    void close() {
        connections.close();
    }

    /** Counts what it is told; may break. */
    private static final class Counting implements Live {
        final AtomicInteger ticks = new AtomicInteger();
        final AtomicInteger checks = new AtomicInteger();
        final AtomicInteger ends = new AtomicInteger();
        private final boolean breaks;

        Counting(boolean breaks) {
            this.breaks = breaks;
        }

        @Override
        public void check() {
            checks.incrementAndGet();
            fail();
        }

        @Override
        public void tick(long nowMillis) {
            ticks.incrementAndGet();
            fail();
        }

        @Override
        public void shutDown() {
            ends.incrementAndGet();
            fail();
        }

        private void fail() {
            if (breaks) {
                throw new AssertionError("broken by the test");
            }
        }
    }

    @Test
    void oneThatBreaksAndCannotBeEndedEndsNotTheCareForTheOthers() {
        Counting broken = new Counting(true);
        Counting sound = new Counting(false);
        connections.add(broken);
        connections.add(sound);
        await().until(() -> sound.ticks.get() > 2);
        assertThat(broken.ends.get()).as("it is ended again and again").isGreaterThan(1);
        connections.close();
        assertThat(sound.ends).hasValue(1);
    }

    @Test
    void whatIsAskedForIsCheckedAtOnceAlsoBesideABrokenOne() {
        Counting broken = new Counting(true);
        Counting sound = new Counting(false);
        connections.add(broken);
        connections.add(sound);
        for (int i = 1; i <= 3; i++) {
            int times = i;
            connections.check();
            await().atMost(Duration.ofMillis(300)).until(() -> sound.checks.get() >= times);
        }
        assertThat(broken.ends.get()).isPositive();
        connections.close();
        connections.check();
    }

    @Test
    void oneThatComesAfterTheEndIsEndedAtOnce() {
        connections.close();
        Counting late = new Counting(false);
        connections.add(late);
        assertThat(late.ends).hasValue(1);
    }
}
