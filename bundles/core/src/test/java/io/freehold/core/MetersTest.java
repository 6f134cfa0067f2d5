package io.freehold.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.instance.Instance;
import io.freehold.api.provider.Sample;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.Gate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetersTest extends CoreTest {
    @Test
    void aMeasurementThatTakesLongerToBeginThanItIsKeptIsKeptAllTheSame() throws Exception {
        Instance instance = house.create(backend, "web", true);
        Gate gate = house.engine().holdNext(FakeCall.MEASURE);
        CompletableFuture<Sample> first =
                CompletableFuture.supplyAsync(() -> house.streams().stats(house.admin, instance.id()));
        reach(gate);
        Duration kept = House.QUICK.idle();
        await().pollDelay(kept.multipliedBy(2)).until(() -> true);

        gate.release();
        first.get(5, TimeUnit.SECONDS);

        house.streams().stats(house.admin, instance.id());
        assertThat(house.engine().calls(FakeCall.MEASURE)).isEqualTo(1);
    }
}
