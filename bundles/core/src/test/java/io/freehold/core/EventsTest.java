package io.freehold.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.Subscription;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.Outcome;
import io.freehold.api.event.Event;
import io.freehold.api.event.EventListener;
import io.freehold.api.event.EventType;
import io.freehold.api.event.Position;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.State;
import io.freehold.api.operation.Operation;
import io.freehold.api.provider.NativeId;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventsTest extends CoreTest {
    /** Collects what it hears. */
    private static final class Ear implements EventListener {
        private final List<Event> events = new CopyOnWriteArrayList<>();
        private final List<Long> resets = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(Event event) {
            events.add(event);
        }

        @Override
        public void onReset(Position now) {
            resets.add(now.id());
        }

        List<EventType> types() {
            return events.stream().map(Event::type).toList();
        }
    }

    private void write(int sequence) {
        house.auditListener()
                .recorded(new AuditEntry(
                        sequence, Instant.now(), "a", "a", "x", "", Outcome.SUCCESS, "", "", "", "", ""));
    }

    @Test
    void anOperationIsHeardFromItsBeginningToItsEndAndSoIsItsInstance() {
        Ear ear = new Ear();
        house.events().subscribe(house.admin, ear);

        Operation done = house.end(house.instances().create(house.admin, house.wanted(backend, "web", true), null));

        await().until(() -> ear.events.stream().anyMatch(event -> event.body().equals(done)));
        assertThat(ear.types()).contains(EventType.INSTANCE_CHANGED, EventType.OPERATION_CHANGED);
        assertThat(ear.events).extracting(Event::id).isSorted().doesNotHaveDuplicates();
        List<Integer> progress = new ArrayList<>();
        for (Event event : ear.events) {
            if (event.body() instanceof Operation operation) {
                progress.add(operation.progress());
                assertThat(event.revision()).isEqualTo(operation.revision());
            }
        }
        assertThat(progress).isSorted().endsWith(100);
    }

    @Test
    void whoeverHearsOfAChangeReadsIt() throws Exception {
        NativeId id = house.engine().add("web");
        await().until(() -> house.list().size() == 1);
        CountDownLatch heard = new CountDownLatch(1);
        List<State> read = new CopyOnWriteArrayList<>();
        house.events().subscribe(house.admin, new EventListener() {
            @Override
            public void onEvent(Event event) {
                if (event.body() instanceof Instance instance) {
                    read.add(house.instances().get(house.admin, instance.id()).state());
                    heard.countDown();
                }
            }

            @Override
            public void onReset(Position now) {}
        });

        house.engine().change(id, State.RUNNING);

        assertThat(heard.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(read).containsExactly(State.RUNNING);
    }

    @Test
    void everybodyHearsOnlyWhatTheyMaySee() {
        house.engine().add("a");
        house.engine().add("b");
        await().until(() -> house.list().size() == 2);
        Instance a = house.named("a");
        Caller user = house.grants.somebody("user", Scope.instance(a.id()), Permissions.INSTANCE_READ);
        Ear ear = new Ear();
        Ear all = new Ear();
        house.events().subscribe(user, ear);
        house.events().subscribe(house.admin, all);

        house.end(house.act(house.named("b"), "start"));
        Operation visible = house.end(house.act(a, "start"));
        write(1);

        await().until(() -> all.types().contains(EventType.AUDIT_WRITTEN)
                && ear.events.stream().anyMatch(event -> event.body().equals(visible)));
        assertThat(ear.events).allSatisfy(event -> assertThat(
                        event.body() instanceof Operation operation
                                ? operation.instanceId()
                                : ((Instance) event.body()).id())
                .isEqualTo(a.id()));
    }

    @Test
    void aPermissionThatIsTakenAwaySilencesFromThenOn() {
        NativeId id = house.engine().add("a");
        await().until(() -> house.list().size() == 1);
        Caller user = house.grants.somebody("user", Scope.ROOT, Permissions.INSTANCE_READ);
        Ear ear = new Ear();
        Ear all = new Ear();
        house.events().subscribe(user, ear);
        house.events().subscribe(house.admin, all);
        house.engine().change(id, State.RUNNING);
        await().until(() -> ear.events.size() == 1 && all.events.size() == 1);

        house.grants.revokeAll(user);
        house.engine().change(id, State.STOPPED);

        await().until(() -> all.events.size() == 2);
        assertThat(ear.events).hasSize(1);
    }

    @Test
    void aSlowListenerIsResetAndSlowsNobody() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Ear slow = new Ear();
        house.events().subscribe(house.admin, new EventListener() {
            @Override
            public void onEvent(Event event) {
                entered.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                slow.onEvent(event);
            }

            @Override
            public void onReset(Position now) {
                slow.onReset(now);
            }
        });
        Ear quick = new Ear();
        house.events().subscribe(house.admin, quick);

        for (int i = 0; i < 10_000; i++) {
            write(i);
            if (i % 1000 == 999) {
                int heard = i + 1;
                await().until(() -> quick.events.size() == heard);
            }
        }
        assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(quick.resets).isEmpty();

        release.countDown();
        await().until(() -> slow.resets.size() == 1);
        write(10_001);
        await().until(() -> slow.events.stream().anyMatch(event -> event.revision() == 10_001));
    }

    @Test
    void whoResumesMissesNothingOrIsTold() {
        Ear first = new Ear();
        Subscription subscription = house.events().subscribe(house.admin, first);
        write(1);
        await().until(() -> first.events.size() == 1);
        subscription.close();
        write(2);
        write(3);

        Ear resumed = new Ear();
        house.events().resume(house.admin, first.events.get(0).id(), resumed);
        await().until(() -> resumed.events.size() == 2);
        assertThat(resumed.events).extracting(Event::revision).containsExactly(2L, 3L);
        assertThat(first.events).hasSize(1);

        for (long old : new long[] {0, 17, Long.MAX_VALUE}) {
            Ear late = new Ear();
            house.events().resume(house.admin, old, late);
            await().until(() -> late.resets.size() == 1);
            assertThat(late.resets).containsExactly(resumed.events.get(1).id());
        }
    }

    @Test
    void idsGrowAcrossRestartsAndAnOldOneIsReset() {
        Ear before = new Ear();
        house.events().subscribe(house.admin, before);
        write(1);
        await().until(() -> before.events.size() == 1);
        long last = before.events.get(0).id();

        house = house.crashAndRestart();

        Ear after = new Ear();
        house.events().resume(house.admin, last, after);
        await().until(() -> after.resets.size() == 1);
        write(2);
        await().until(() -> after.types().contains(EventType.AUDIT_WRITTEN));
        assertThat(after.events).allSatisfy(event -> assertThat(event.id()).isGreaterThan(last));
    }

    @Test
    void aListenerThatFailsIsLeftOut() {
        List<Event> heard = new CopyOnWriteArrayList<>();
        house.events().subscribe(house.admin, new EventListener() {
            @Override
            public void onEvent(Event event) {
                heard.add(event);
                throw new IllegalStateException("thrown by a test");
            }

            @Override
            public void onReset(Position now) {}
        });
        Ear ear = new Ear();
        house.events().subscribe(house.admin, ear);

        write(1);
        write(2);

        await().until(() -> ear.events.size() == 2);
        assertThat(heard).hasSize(1);
    }

    @Test
    void backendsAreHeardOfWhenTheirHealthChanges() {
        Ear ear = new Ear();
        house.events().subscribe(house.admin, ear);

        house.engine().breakConnection();
        await().until(() -> ear.types().contains(EventType.BACKEND_CHANGED));
        house.engine().repairConnection();
        await().until(() -> house.backend(backend).health().message() == null);
        house.backends().delete(house.admin, backend);

        await().until(() -> ear.types().contains(EventType.BACKEND_REMOVED));
    }
}
