package io.freehold.provider.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.Subscription;
import io.freehold.api.instance.State;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.Watch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How changes are reported. */
public interface WatchContract extends Contract {

    @Test
    default void changesFromOutsideAreReported() throws InterruptedException {
        Watch watch = lab().capability(Watch.class);
        RecordedWatch seen = new RecordedWatch();
        try (Subscription watching = watch.watch(seen)) {
            assertThat(seen.sawRestored(lab().patience()))
                    .as("the stream stands")
                    .isTrue();
            NativeId id = lab().createRunning();
            assertThat(seen.saw(id, State.RUNNING, lab().patience()))
                    .as("running")
                    .isTrue();
            lab().subject().stopOutside(id);
            assertThat(seen.saw(id, State.STOPPED, lab().patience()))
                    .as("stopped")
                    .isTrue();
            lab().subject().deleteOutside(id);
            assertThat(seen.sawRemoved(id, lab().patience())).as("removed").isTrue();
        }
    }

    @Test
    default void reportsAgreeWithReads() throws InterruptedException {
        Watch watch = lab().capability(Watch.class);
        RecordedWatch seen = new RecordedWatch();
        try (Subscription watching = watch.watch(seen)) {
            assertThat(seen.sawRestored(lab().patience()))
                    .as("the stream stands")
                    .isTrue();
            NativeId id = lab().create();
            assertThat(seen.events().await(lab().observed(id)::equals, lab().patience()))
                    .as("the instance as a read shows it")
                    .isPresent();
        }
    }

    @Test
    default void nothingIsReportedAfterClosing() throws InterruptedException {
        Watch watch = lab().capability(Watch.class);
        RecordedWatch seen = new RecordedWatch();
        Subscription watching = watch.watch(seen);
        assertThat(seen.sawRestored(lab().patience())).as("the stream stands").isTrue();
        watching.close();
        watching.close();
        NativeId id = lab().create();
        assertThat(seen.saw(id, State.STOPPED, Duration.ofMillis(300)))
                .as("a report")
                .isFalse();
    }
}
