package io.freehold.security.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UntilItWorksTest {
    private final AtomicInteger attempts = new AtomicInteger();

    private void failTwice() {
        if (attempts.incrementAndGet() <= 2) {
            throw new IllegalStateException("the disk is full");
        }
    }

    @Test
    void whatFailsIsDoneAgainUntilItWorksAndThenNoMore() {
        try (UntilItWorks work = new UntilItWorks("A test", this::failTwice, Duration.ofMillis(5))) {
            work.run();
            await().until(() -> attempts.get() == 3);
            await().during(Duration.ofMillis(100)).until(() -> attempts.get() == 3);
        }
    }

    @Test
    void afterTheEndNothingIsDoneAgain() {
        UntilItWorks work = new UntilItWorks("A test", this::failTwice, Duration.ofMillis(5));
        work.close();
        work.run();
        assertThat(attempts).hasValue(1);
    }
}
