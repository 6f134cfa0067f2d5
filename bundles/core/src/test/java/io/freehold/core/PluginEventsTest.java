package io.freehold.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.freehold.api.Subscription;
import io.freehold.api.event.Event;
import io.freehold.api.event.EventListener;
import io.freehold.api.event.EventType;
import io.freehold.api.event.Position;
import io.freehold.api.instance.Instance;
import io.freehold.api.plugin.Plugin;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who hears of plugins. */
class PluginEventsTest {
    private static final Plugin HELLO = new Plugin(
            "org.example.hello",
            "1.0.0",
            "Hello",
            Plugin.Source.DEPLOYED,
            Plugin.State.ACTIVE,
            null,
            null,
            null,
            List.of(),
            List.of(),
            Instant.EPOCH,
            Long.MAX_VALUE);

    @TempDir
    Path folder;

    private House house;

    @BeforeEach
    void open() {
        house = new House(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whoMayReadPluginsHearsOfThemAndNobodyElseDoes() {
        Caller reader = house.grants.somebody("rita", Scope.ROOT, Permissions.PLUGIN_READ);
        Caller other = house.grants.somebody("otto", Scope.ROOT, Permissions.INSTANCE_READ, Permissions.AUDIT_READ);
        Heard heard = new Heard();
        Heard overheard = new Heard();
        try (Subscription first = house.events().subscribe(reader, heard);
                Subscription second = house.events().subscribe(other, overheard)) {
            house.pluginListener().changed(HELLO);
            house.pluginListener().removed(HELLO);
            house.create(house.addBackend().id(), "web", false);

            await().until(() -> heard.events.size() == 2);
            await().until(() -> !overheard.events.isEmpty());
            assertThat(first).isNotSameAs(second);
        }
        assertThat(heard.events)
                .extracting(Event::type, Event::body)
                .containsExactly(tuple(EventType.PLUGIN_CHANGED, HELLO), tuple(EventType.PLUGIN_REMOVED, HELLO));
        assertThat(overheard.events)
                .extracting(Event::type)
                .doesNotContain(EventType.PLUGIN_CHANGED, EventType.PLUGIN_REMOVED);
    }

    @Test
    void anInstanceThatChangesAfterAPluginHasTheNewerRevision() {
        house.pluginListener().changed(HELLO);
        long told = house.events().position().revision();

        Instance instance = house.create(house.addBackend().id(), "web", false);

        assertThat(instance.revision()).isGreaterThan(told);
    }

    private static final class Heard implements EventListener {
        private final List<Event> events = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(Event event) {
            events.add(event);
        }

        @Override
        public void onReset(Position now) {
            throw new AssertionError("reset to " + now);
        }
    }
}
