package io.freehold.automation.alert;

import io.freehold.api.alert.AlertEvent;
import io.freehold.automation.alert.WaitingAlerts.Waiting;
import io.freehold.automation.delivery.Message;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers messages on threads of its own, again and again with growing pauses until they are taken or too old, and
 * goes on after a restart. A channel that fails holds up neither another one nor who caused the message.
 */
public final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    /** One for each channel that there may be, since each delivers one message at a time. */
    private static final int THREADS = AlertChannels.MAX;

    /** After this a message looks again whether its channel is free. */
    private static final Duration TURN = Duration.ofMillis(100);

    private static final int WAITING = 1_000;
    private static final int PATIENCE_SECONDS = 2;
    private static final int PER_MINUTE = 20;
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1));

    private final ChannelBook book;
    private final WaitingAlerts store;
    private final Clock clock;
    private final ScheduledExecutorService threads;
    private final Map<String, Waiting> waitingNow = new ConcurrentHashMap<>();
    private final Map<String, Waiting> kept = new ConcurrentHashMap<>();
    private final Map<UUID, Deque<Long>> recent = new ConcurrentHashMap<>();
    private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    public Outbox(ChannelBook book, WaitingAlerts store, Clock clock) {
        this.book = book;
        this.store = store;
        this.clock = clock;
        AtomicInteger count = new AtomicInteger();
        threads = Executors.newScheduledThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "freehold-alerts-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Goes on with what was not delivered before Freehold stopped. */
    public void start() {
        for (Waiting waiting : store.oldest(WAITING)) {
            kept.put(waiting.key(), waiting);
            waitingNow.put(waiting.key(), waiting);
            later(waiting, Duration.ZERO);
        }
    }

    /** Begins to deliver a message to every channel that wants the event; returns at once. */
    void add(AlertEvent event, Message message) {
        for (ChannelBook.Channel channel : book.wanting(event)) {
            if (!allowed(channel.id()) || waitingNow.size() >= WAITING) {
                LOG.warn(
                        "The alert channel '{}' has too much to do; an alert was left out: {}",
                        channel.settings().name(),
                        message.title());
                continue;
            }
            Waiting waiting = new Waiting(channel.id(), message, 0);
            waitingNow.put(waiting.key(), waiting);
            later(waiting, Duration.ZERO);
        }
    }

    private boolean allowed(UUID channel) {
        Deque<Long> times = recent.computeIfAbsent(channel, none -> new ArrayDeque<>());
        synchronized (times) {
            long now = clock.millis();
            // Times to come were noted while the clock was wrong.
            times.removeIf(
                    time -> time > now || now - time > Duration.ofMinutes(1).toMillis());
            return times.size() < PER_MINUTE && times.add(now);
        }
    }

    private void later(Waiting waiting, Duration pause) {
        try {
            Future<?> unused = threads.schedule(() -> attempt(waiting), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug(
                    "Freehold stops; this alert goes on after the start: {}",
                    waiting.message().title());
        }
    }

    private void attempt(Waiting waiting) {
        keep(waiting);
        if (!busy.add(waiting.channel())) {
            later(waiting, TURN);
            return;
        }
        try {
            book.deliver(waiting.channel(), waiting.message());
        } catch (IOException | RuntimeException e) {
            if (closing) {
                return;
            }
            if (waiting.attempt() < PAUSES.size()) {
                Waiting next = waiting.failed();
                keep(next);
                later(next, PAUSES.get(waiting.attempt()));
                return;
            }
            LOG.error(
                    "An alert could not be delivered and is given up: {}: {}",
                    waiting.message().title(),
                    e.getMessage());
        } finally {
            busy.remove(waiting.channel());
        }
        forget(waiting);
    }

    /** Stores it unless it is as it is stored; without a database it is delivered all the same. */
    private void keep(Waiting waiting) {
        if (waiting.equals(kept.get(waiting.key()))) {
            return;
        }
        try {
            store.put(waiting);
            kept.put(waiting.key(), waiting);
        } catch (RuntimeException e) {
            LOG.warn(
                    "An alert cannot be stored and would be lost if Freehold stopped now: {}",
                    waiting.message().title(),
                    e);
        }
    }

    private void forget(Waiting waiting) {
        waitingNow.remove(waiting.key());
        if (kept.remove(waiting.key()) == null) {
            return;
        }
        try {
            store.remove(waiting);
        } catch (RuntimeException e) {
            LOG.warn(
                    "An alert that is done with stays stored, and comes once more after a restart: {}",
                    waiting.message().title(),
                    e);
        }
    }

    /** Stops delivering, and stores what was not stored yet. */
    @Override
    public void close() {
        closing = true;
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("An attempt to deliver an alert is not over yet.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waitingNow.forEach((key, waiting) -> {
            if (!kept.containsKey(key)) {
                keep(waiting);
            }
        });
    }
}
