package io.freehold.provider.docker;

import io.freehold.api.Subscription;
import io.freehold.api.provider.Watch;
import io.freehold.provider.docker.engine.EngineClient;

/** Reports changes of containers from the engine's own events. */
final class EventWatch implements Watch {
    private final EngineClient client;
    private final Containers containers;
    private final Streams streams;

    EventWatch(EngineClient client, Containers containers, Streams streams) {
        this.client = client;
        this.containers = containers;
        this.streams = streams;
    }

    @Override
    public Subscription watch(Observer observer) {
        EventFeed feed = new EventFeed(client, containers, streams, observer);
        streams.closeWithBackend(feed);
        streams.start("events", feed::readEvents);
        streams.start("changes", feed::reportChanges);
        return feed;
    }
}
