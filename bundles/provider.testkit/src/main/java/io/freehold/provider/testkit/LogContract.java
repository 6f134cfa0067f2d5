package io.freehold.provider.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.Subscription;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.ConsoleAccess;
import io.freehold.api.provider.LogAccess;
import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.NativeId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How what instances print is read. */
public interface LogContract extends Contract {

    @Test
    default void logHoldsWhatWasPrintedAlsoAfterTheEnd() throws InterruptedException {
        LogAccess log = lab().capability(LogAccess.class);
        NativeId id = lab().createRunning();
        awaitReady(log, id);
        lab().stop(id);
        assertThat(log.logs(id, 100)).singleElement().satisfies(line -> {
            assertThat(line.text()).isEqualTo("ready");
            assertThat(Duration.between(line.time(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));
        });
    }

    @Test
    default void followingDeliversTheTailThenWhatIsNewThenTheEnd() throws InterruptedException {
        LogAccess log = lab().capability(LogAccess.class);
        ConsoleAccess consoles = lab().capability(ConsoleAccess.class);
        NativeId id = lab().createRunning();
        awaitReady(log, id);
        RecordedLog recorded = new RecordedLog();
        try (Subscription following = log.follow(id, 10, recorded);
                Console console = consoles.attach(id, new RecordedConsole())) {
            console.input("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
            assertThat(recorded.saw("two", lab().patience())).isTrue();
            assertThat(recorded.lines().all()).extracting(LogLine::text).containsExactly("ready", "one", "two");
            lab().stop(id);
            assertThat(recorded.sawEnd(lab().patience())).as("the end").isTrue();
        }
        assertThat(log.logs(id, 2)).extracting(LogLine::text).containsExactly("one", "two");
    }

    @Test
    default void followingWhatIsStoppedDeliversTheTailAndEnds() throws InterruptedException {
        LogAccess log = lab().capability(LogAccess.class);
        NativeId id = lab().createRunning();
        awaitReady(log, id);
        lab().stop(id);
        RecordedLog recorded = new RecordedLog();
        try (Subscription following = log.follow(id, 10, recorded)) {
            assertThat(recorded.sawEnd(lab().patience())).as("the end").isTrue();
        }
        assertThat(recorded.lines().all()).extracting(LogLine::text).containsExactly("ready");
    }

    @Test
    default void nothingIsDeliveredAfterClosing() throws InterruptedException {
        LogAccess log = lab().capability(LogAccess.class);
        NativeId id = lab().createRunning();
        RecordedLog recorded = new RecordedLog();
        Subscription following = log.follow(id, 10, recorded);
        assertThat(recorded.saw("ready", lab().patience())).isTrue();
        following.close();
        following.close();
        lab().stop(id);
        assertThat(recorded.sawEnd(Duration.ofMillis(300))).as("an end").isFalse();
    }

    @Test
    default void unknownInstanceHasNoLog() {
        LogAccess log = lab().capability(LogAccess.class);
        NativeId id = lab().subject().unknownId();
        ContractLab.assertRefused(() -> log.logs(id, 10), ErrorCode.NOT_FOUND);
        ContractLab.assertRefused(() -> log.follow(id, 10, new RecordedLog()), ErrorCode.NOT_FOUND);
    }

    /** Waits for the program to have printed its first line. */
    private void awaitReady(LogAccess log, NativeId id) throws InterruptedException {
        RecordedLog recorded = new RecordedLog();
        try (Subscription following = log.follow(id, 10, recorded)) {
            assertThat(recorded.saw("ready", lab().patience()))
                    .as("the line 'ready'")
                    .isTrue();
        }
    }
}
