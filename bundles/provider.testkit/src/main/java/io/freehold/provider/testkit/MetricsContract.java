package io.freehold.provider.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.Subscription;
import io.freehold.api.provider.Metrics;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.Sample;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How what instances use is measured. */
public interface MetricsContract extends Contract {

    @Test
    default void runningInstanceIsMeasuredAgainAndAgainUntilItStops() throws InterruptedException {
        Metrics metrics = lab().capability(Metrics.class);
        NativeId id = lab().createRunning();
        Recording<Sample> samples = new Recording<>();
        CountDownLatch ended = new CountDownLatch(1);
        try (Subscription measuring = metrics.measure(id, samples::add, ended::countDown)) {
            Sample first =
                    samples.await(sample -> true, lab().patience()).orElseThrow(() -> new AssertionError("no sample"));
            Sample later = samples.await(sample -> sample.at().isAfter(first.at()), lab().patience())
                    .orElseThrow(() -> new AssertionError("no second sample"));
            assertThat(later.cpuCores()).isNotNegative();
            assertThat(later.memoryBytes()).isPositive().isLessThanOrEqualTo(later.memoryLimitBytes());
            assertThat(later.diskReadBytes()).isNotNegative();
            assertThat(later.diskWriteBytes()).isNotNegative();
            assertThat(later.networkRxBytes()).isNotNegative();
            assertThat(later.networkTxBytes()).isNotNegative();
            lab().stop(id);
            assertThat(ended.await(lab().patience().toMillis(), TimeUnit.MILLISECONDS))
                    .as("the end")
                    .isTrue();
        }
    }

    @Test
    default void unknownInstanceIsNotMeasured() {
        Metrics metrics = lab().capability(Metrics.class);
        NativeId id = lab().subject().unknownId();
        ContractLab.assertRefused(() -> metrics.measure(id, sample -> {}, () -> {}), ErrorCode.NOT_FOUND);
    }
}
