package io.freehold.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.backend.Health;
import io.freehold.api.instance.Instance;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationStatus;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.FakeProvider;
import io.freehold.provider.testkit.Gate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A clock that is set while Freehold runs or is away does no harm. */
class ClockTest extends CoreTest {
    @Test
    void whatACrashInterruptedEndsAlsoIfTheClockWasSetBackMeanwhile() throws Exception {
        Instance web = house.create(backend, "web", true);
        Gate gate = house.engine().holdNext(FakeCall.STOP);
        Operation stop = house.act(web, "stop");
        reach(gate);

        house = house.crashAndRestart(Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));
        gate.release();

        Operation ended = house.end(stop);
        assertThat(ended.endedAt()).isNotNull();
        assertThat(house.storedStatus(stop.id())).isEqualTo(ended.status().name());
    }

    @Test
    void anOperationHasItsTimeAlsoIfTheClockIsSetForward() throws Exception {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        InstantSource source = () -> Instant.now().plus(ahead.get());
        try (House other = new House(
                "jdbc:sqlite:" + folder.resolve("clock.db"),
                new FakeProvider(),
                House.QUICK,
                source.withZone(ZoneOffset.UTC),
                1024)) {
            Gate creating = other.engine().holdNext(FakeCall.CREATE);
            Gate starting = other.engine().holdNext(FakeCall.START);
            Operation create = other.instances()
                    .create(other.admin, other.wanted(other.addBackend().id(), "web", true), null);
            reach(creating);
            ahead.set(Duration.ofDays(1));
            creating.release();
            reach(starting);
            await().pollDelay(Duration.ofMillis(50)).until(() -> true);
            starting.release();

            assertThat(other.end(create).status()).isEqualTo(OperationStatus.SUCCEEDED);
        }
    }

    @Test
    void aClockThatIsSetBackMakesNoDeadlineLater() throws Exception {
        AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
        InstantSource source = () -> Instant.now().plus(offset.get());
        house.close();
        house = new House(house.url, house.provider, House.QUICK, source.withZone(ZoneOffset.UTC), 1024);
        await().until(() -> house.backends().get(house.admin, backend).health().status() == Health.Status.UP);
        Gate making = house.engine().holdNext(FakeCall.CREATE);
        Operation creating = house.instances().create(house.admin, house.wanted(backend, "web", true), null);
        reach(making);
        offset.set(Duration.ofHours(-2));
        house.engine().holdNext(FakeCall.START);

        making.release();

        assertThat(house.end(creating).error().code()).isEqualTo(ErrorCode.TIMEOUT);
    }
}
