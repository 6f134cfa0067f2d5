package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.Subscription;
import io.freehold.api.event.Event;
import io.freehold.api.event.EventListener;
import io.freehold.api.event.Position;
import io.freehold.api.instance.Instance;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the events are, and what resuming from there brings. */
class PositionTest {
    @TempDir
    Path folder;

    private House house;
    private Instance instance;

    @BeforeEach
    void open() {
        house = new House(folder);
        instance = house.create(house.addBackend().id(), "web", false);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void resumingFromThePositionBringsWhatHappensAfterItAndNoReset() {
        Position before = house.events().position();
        house.end(house.act(instance, "start"));
        Heard heard = new Heard();

        try (Subscription subscription = house.events().resume(house.admin, before.id(), heard)) {
            await().until(() -> !heard.events.isEmpty());
            assertThat(heard.events.get(0).id()).isEqualTo(before.id() + 1);
            assertThat(heard.resets).isEmpty();
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    void whoNamesNoEventIsToldTheIdAndTheNewestRevisionOfNow() {
        Heard heard = new Heard();
        Position now = house.events().position();

        try (Subscription subscription = house.events().resume(house.admin, -1, heard)) {
            await().until(() -> heard.resets.size() == 1);
            assertThat(subscription).isNotNull();
        }
        assertThat(heard.resets.get(0).id()).isGreaterThanOrEqualTo(now.id());
        assertThat(heard.resets.get(0).revision())
                .isGreaterThanOrEqualTo(
                        house.instances().get(house.admin, instance.id()).revision());
    }

    @Test
    void whoMayOpenAConsoleIsKnownWithoutOpeningIt() {
        house.streams().requireConsole(house.admin, instance.id());

        Caller nobody = house.grants.somebody("nora", Scope.ROOT);
        assertThat(refusal(() -> house.streams().requireConsole(nobody, instance.id()))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        Caller reader = house.grants.somebody("rita", Scope.ROOT, Permissions.INSTANCE_READ);
        assertThat(refusal(() -> house.streams().requireConsole(reader, instance.id()))
                        .code())
                .isEqualTo(ErrorCode.DENIED);
        assertThat(house.audit.entries()).noneMatch(entry -> entry.contains("instance.console"));
    }

    private static final class Heard implements EventListener {
        private final List<Event> events = new CopyOnWriteArrayList<>();
        private final List<Position> resets = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(Event event) {
            events.add(event);
        }

        @Override
        public void onReset(Position now) {
            resets.add(now);
        }
    }
}
