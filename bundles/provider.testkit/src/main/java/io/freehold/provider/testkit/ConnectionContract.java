package io.freehold.provider.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.ConsoleAccess;
import io.freehold.api.provider.LogAccess;
import io.freehold.api.provider.Metrics;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.Watch;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How connections begin and end. */
public interface ConnectionContract extends Contract {

    @Test
    default void whereNothingAnswersOpeningFailsInTime() throws InterruptedException {
        Instant begin = Instant.now();
        ContractLab.assertRefused(() -> lab().open(lab().subject().unreachable()), ErrorCode.UNAVAILABLE);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
        lab().close();
        lab().assertNoThreadLeft();
    }

    @Test
    default void closingEndsEverythingAtOnce() throws InterruptedException {
        NativeId id = lab().createRunning();
        Backend second = lab().open(lab().subject().configuration());
        second.instances();
        second.capability(Watch.class).ifPresent(watch -> watch.watch(new RecordedWatch()));
        second.capability(LogAccess.class).ifPresent(log -> log.follow(id, 10, new RecordedLog()));
        second.capability(ConsoleAccess.class).ifPresent(consoles -> consoles.attach(id, new RecordedConsole()));
        second.capability(Metrics.class).ifPresent(metrics -> metrics.measure(id, sample -> {}, () -> {}));

        Instant begin = Instant.now();
        second.close();
        second.close();
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(2));
        lab().close();
        lab().assertNoThreadLeft();
    }

    @Test
    default void backendsDoNotDisturbEachOther() {
        try (Backend second = lab().open(lab().subject().configuration())) {
            assertThat(second.info()).isEqualTo(lab().backend().info());
        }
        assertThat(lab().backend().instances()).isNotNull();
    }
}
