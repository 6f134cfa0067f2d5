package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.State;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.provider.NativeId;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.Gate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How the inventory follows what is on the backends. */
class InventoryTest extends CoreTest {
    private void add(String... names) {
        for (String name : names) {
            house.engine().add(name);
        }
        await().until(() -> house.list().size() >= names.length);
    }

    @Test
    void changesOutsideAreSeenAtOnce() {
        NativeId id = house.engine().add("web");
        await().until(() -> house.list().size() == 1);
        Instance seen = house.named("web");
        assertThat(seen.managed()).isFalse();
        assertThat(seen.state()).isEqualTo(State.STOPPED);

        house.engine().change(id, State.RUNNING);
        await().until(() -> house.named("web").state() == State.RUNNING);
        assertThat(house.named("web").id()).isEqualTo(seen.id());
        assertThat(house.named("web").revision()).isGreaterThan(seen.revision());

        house.engine().remove(id);
        await().until(() -> house.list().isEmpty());
    }

    @Test
    void anotherThingWithTheSameNativeIdIsAnotherInstance() {
        NativeId id = house.engine().add("web");
        await().until(() -> house.list().size() == 1);
        UUID before = house.named("web").id();

        house.engine().replace(id);

        await().until(() -> !house.named("web").id().equals(before));
        assertThat(house.list()).hasSize(1);
        assertThat(refusal(() -> house.instances().get(house.admin, before)).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void whatTheEventsMissedIsRepairedWhenTheyAreBack() {
        NativeId gone = house.engine().add("gone");
        add("web");
        house.engine().silent(true);
        house.engine().remove(gone);
        house.engine().add("new");
        assertThat(house.list()).extracting(Instance::name).containsExactly("gone", "web");

        house.engine().breakConnection();
        house.engine().repairConnection();

        await().untilAsserted(() ->
                assertThat(house.list()).extracting(Instance::name).containsExactly("new", "web"));
    }

    @Test
    void whatHappensDuringAReadingIsNotUndoneByIt() throws Exception {
        NativeId web = house.engine().add("web");
        NativeId gone = house.engine().add("gone");
        await().until(() -> house.list().size() == 2);
        Gate gate = house.engine().holdAfterNext(FakeCall.INSTANCES);
        house.engine().breakConnection();
        house.engine().repairConnection();
        reach(gate);
        house.engine().change(web, State.RUNNING);
        house.engine().remove(gone);
        await().until(() -> house.list().size() == 1);

        gate.release();

        await().until(() -> !house.named("web").stale());
        assertThat(house.list()).singleElement().satisfies(instance -> assertThat(instance.state())
                .isEqualTo(State.RUNNING));
    }

    @Test
    void anInstanceIsTheSameObjectAndTheRevisionTheSameNumberWhileNothingChanges() {
        add("a", "b");
        Instance before = house.named("a");
        long revision = house.instances().revision(house.admin);
        assertThat(house.instances().revision(house.admin)).isEqualTo(revision);
        int readings = house.engine().calls(FakeCall.INSTANCES);

        house.engine().add("c");
        await().until(() -> house.list().size() == 3);

        assertThat(house.named("a")).isSameAs(before);
        assertThat(house.instances().revision(house.admin)).isNotEqualTo(revision);
        assertThat(house.engine().calls(FakeCall.INSTANCES)).isEqualTo(readings);
    }

    @Test
    void whatFreeholdCreatedIsItsOwnAgainWhenItsBackendIsRemovedAndAddedAgain() {
        Instance web = house.create(backend, "web", true);
        house.engine().add("other");
        house.backends().delete(house.admin, backend);

        backend = house.addBackend().id();

        assertThat(house.named("web").managed()).isTrue();
        assertThat(house.named("web").id()).isNotEqualTo(web.id());
        assertThat(house.named("web").projectId()).isNull();
        assertThat(house.named("other").managed()).isFalse();
        assertThat(house.end(house.act(house.named("web"), "stop")).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void whatAnotherFreeholdCreatedOnTheSameEngineIsNotOurs() {
        try (House other = new House(folder.resolve("other"), house.provider, House.QUICK)) {
            UUID theirs = other.addBackend().id();
            assertThat(other.create(theirs, "theirs", true).managed()).isTrue();

            await().until(() -> house.list().size() == 1);
            assertThat(house.named("theirs").managed()).isFalse();
            house.backends().delete(house.admin, backend);
            backend = house.addBackend().id();
            assertThat(house.named("theirs").managed()).isFalse();
        }
    }

    @Test
    void whatIsKnownIsStoredOnceAFaultOfTheDatabaseIsOver() {
        int before = house.transactions.refused();
        house.transactions.fault(true);
        house.engine().add("web");
        awaitRefusals(before);
        house.transactions.fault(false);

        house.close();

        house.engine().breakConnection();
        house = new House(house.url, house.provider, House.QUICK);
        assertThat(house.list()).extracting(Instance::name).containsExactly("web");
    }
}
