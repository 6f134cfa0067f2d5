package io.freehold.provider.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.ErrorCode;
import io.freehold.api.Subscription;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.Watch.Observer;
import io.freehold.provider.docker.engine.EngineClient;
import io.freehold.provider.docker.engine.EngineRefusal;
import io.freehold.provider.docker.engine.EngineStream;
import io.freehold.provider.docker.engine.JsonLines;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch of an engine. One thread reads the events and connects anew when they break; another reads each
 * changed container and reports it, so that several events of one container cost one read.
 */
final class EventFeed implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final String TARGET = "/events?filters="
            + EngineClient.encode("{\"type\":[\"container\"],\"event\":[\"create\",\"start\",\"die\",\"pause\","
                    + "\"unpause\",\"rename\",\"update\",\"oom\",\"destroy\"]}");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** A quiet engine is asked whether it still lives: a network that was cut says nothing. */
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final EngineClient client;
    private final Containers containers;
    private final Streams streams;
    private final Observer observer;
    private final ChangeQueue changes = new ChangeQueue();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable EngineStream current;

    EventFeed(EngineClient client, Containers containers, Streams streams, Observer observer) {
        this.client = client;
        this.containers = containers;
        this.streams = streams;
        this.observer = observer;
    }

    /** Reads events until the feed is closed. */
    void readEvents() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!isClosed()) {
                try (EngineStream stream = client.stream("GET", TARGET, EngineClient.SHORT)) {
                    current = stream;
                    if (isClosed()) {
                        return;
                    }
                    observer.restored();
                    pause = FIRST_PAUSE;
                    readEvents(new JsonLines(client.mapper(), stream.in()));
                    lost(new ProviderException(
                            ErrorCode.UNAVAILABLE, "The Docker engine ended its events: is it shutting down?"));
                } catch (IOException e) {
                    lost(client.explain(e));
                } catch (ProviderException e) {
                    lost(e);
                } catch (RuntimeException e) {
                    LOG.warn("An event of a Docker engine could not be handled; its events are read anew.", e);
                }
                if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads and reports what changed until the feed is closed. */
    void reportChanges() {
        try {
            while (!isClosed()) {
                ChangeQueue.@Nullable Change change = changes.next(QUIET);
                if (isClosed()) {
                    return;
                }
                try {
                    if (change == null) {
                        client.read("/_ping", in -> in.transferTo(OutputStream.nullOutputStream()));
                    } else {
                        report(change);
                    }
                } catch (ProviderException e) {
                    if (e instanceof EngineRefusal && e.code() != ErrorCode.UNAVAILABLE) {
                        LOG.debug(
                                "A changed container cannot be described; the next full read shows what is known.", e);
                    } else {
                        // what is missed is read anew when the events stand again
                        breakOff();
                    }
                } catch (RuntimeException e) {
                    LOG.warn("A change of a container could not be reported; the next full read will show it.", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readEvents(JsonLines lines) throws IOException {
        for (JsonNode event = lines.next(); event != null; event = lines.next()) {
            String id = event.path("Actor").path("ID").asText();
            if (!id.isEmpty() && !isClosed()) {
                handle(id, event);
            }
        }
    }

    /** Reports at once what the event says by itself, and has everything else read. */
    private void handle(String id, JsonNode event) {
        String action = event.path("Action").asText();
        boolean gone = action.equals("destroy");
        if (changes.isBusy(id)) {
            changes.add(id, gone);
        } else if (gone) {
            containers.forget(id);
            observer.removed(new NativeId(id));
        } else {
            Optional<Container> now = containers.after(id, event);
            now.ifPresent(container -> observer.changed(container.observed()));
            if (now.isEmpty() || action.equals("die")) {
                // whether it was killed for its memory, the event does not say
                changes.add(id, false);
            }
        }
    }

    private void report(ChangeQueue.Change change) {
        NativeId id = new NativeId(change.id());
        Optional<Container> container = change.gone() ? Optional.empty() : containers.find(id);
        if (isClosed()) {
            return;
        }
        container.ifPresentOrElse(found -> observer.changed(found.observed()), () -> observer.removed(id));
    }

    private void lost(ProviderException cause) {
        if (!isClosed()) {
            observer.lost(cause);
        }
    }

    private void breakOff() {
        EngineStream stream = current;
        if (stream != null) {
            stream.close();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
        changes.wake();
        breakOff();
        streams.forget(this);
    }
}
