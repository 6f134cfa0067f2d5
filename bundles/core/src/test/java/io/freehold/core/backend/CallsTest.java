package io.freehold.core.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.provider.ProviderException;
import io.freehold.core.util.Workers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsTest {
    private final Workers workers = new Workers("test", 64);
    private final Calls calls = new Calls("home", workers);
    private final List<String> late = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        workers.close();
    }

    private String call(Duration limit, CountDownLatch until) {
        return calls.call(
                Calls.Lane.CALLERS,
                limit,
                getClass().getClassLoader(),
                () -> {
                    awaitWhateverComes(until);
                    return "answer";
                },
                late::add);
    }

    /** As a provider that minds no interruption. */
    private static void awaitWhateverComes(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anAnswerAfterTheTimeLimitIsHandedToWhoSeesToIt() {
        CountDownLatch until = new CountDownLatch(1);

        ProviderException failure =
                catchThrowableOfType(ProviderException.class, () -> call(Duration.ofMillis(50), until));
        assertThat(failure.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(late).isEmpty();
        until.countDown();

        await().untilAsserted(() -> assertThat(late).containsExactly("answer"));
    }

    @Test
    void anAnswerThatComesInTimeIsTheCallersAlone() {
        assertThat(call(Duration.ofSeconds(10), new CountDownLatch(0))).isEqualTo("answer");
        assertThat(late).isEmpty();
    }
}
