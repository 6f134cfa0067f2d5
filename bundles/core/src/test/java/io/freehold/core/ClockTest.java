package io.freehold.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.instance.Instance;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationStatus;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.Gate;
import java.time.Clock;
import java.time.Duration;
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
}
