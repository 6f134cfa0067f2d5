package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.instance.Instance;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.security.Caller;
import io.freehold.provider.testkit.FakeCall;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Requests that are sent again with the same key. */
class OneKeyTest extends CoreTest {
    @Test
    void oneKeyMakesOneOperation() {
        Operation first = house.instances().create(house.admin, house.wanted(backend, "web", true), "key");
        Operation again = house.instances().create(house.admin, house.wanted(backend, "web", true), "key");
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(house.end(first).status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(house.instances()
                        .create(house.admin, house.wanted(backend, "web", true), "key")
                        .id())
                .isEqualTo(first.id());
        assertThat(house.engine().calls(FakeCall.CREATE)).isEqualTo(1);

        assertThat(refusal(() -> house.instances().create(house.admin, house.wanted(backend, "other", true), "key"))
                        .reason())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
        Caller other = house.grants.administrator();
        assertThat(house.instances()
                        .create(other, house.wanted(backend, "other", true), "key")
                        .id())
                .isNotEqualTo(first.id());
    }

    @Test
    void oneKeyMakesOneOperationWhenRequestsComeTogether() throws Exception {
        List<CompletableFuture<UUID>> requests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            requests.add(CompletableFuture.supplyAsync(() -> house.instances()
                    .create(house.admin, house.wanted(backend, "web", true), "key")
                    .id()));
        }
        CompletableFuture.allOf(requests.toArray(new CompletableFuture<?>[0])).get(5, TimeUnit.SECONDS);

        assertThat(requests.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    @Test
    void aRepeatedDeletionAnswersTheFirstEvenOnceTheInstanceIsGone() {
        Instance instance = house.create(backend, "web", false);
        Operation deletion = house.end(house.instances().delete(house.admin, instance.id(), "key"));

        assertThat(house.instances().delete(house.admin, instance.id(), "key")).isEqualTo(deletion);
    }
}
