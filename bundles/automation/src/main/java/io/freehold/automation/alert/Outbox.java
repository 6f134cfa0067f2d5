package io.freehold.automation.alert;

import io.freehold.api.alert.AlertEvent;
import io.freehold.automation.delivery.Message;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
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
 * Delivers messages on threads of its own, again and again with growing pauses until they are taken or too old.
 * A channel that fails holds up neither another one nor who caused the message.
 */
public final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int THREADS = 8;
    private static final int WAITING = 1_000;
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
    private final Clock clock;
    private final ScheduledExecutorService threads;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<UUID, Deque<Long>> recent = new ConcurrentHashMap<>();

    public Outbox(ChannelBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
        AtomicInteger count = new AtomicInteger();
        threads = Executors.newScheduledThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "freehold-alerts-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to deliver a message to every channel that wants the event; returns at once. */
    void add(AlertEvent event, Message message) {
        for (ChannelBook.Channel channel : book.wanting(event)) {
            if (!allowed(channel.id()) || waiting.get() >= WAITING) {
                LOG.warn(
                        "The alert channel '{}' has too much to do; an alert was left out: {}",
                        channel.settings().name(),
                        message.title());
                continue;
            }
            waiting.incrementAndGet();
            later(channel.id(), message, 0, Duration.ZERO);
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

    private void later(UUID channel, Message message, int attempt, Duration pause) {
        try {
            Future<?> unused =
                    threads.schedule(() -> attempt(channel, message, attempt), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            waiting.decrementAndGet();
            LOG.warn("Freehold stops; an alert was not delivered: {}", message.title());
        }
    }

    private void attempt(UUID id, Message message, int attempt) {
        try {
            book.deliver(id, message);
        } catch (IOException | RuntimeException e) {
            if (attempt < PAUSES.size()) {
                later(id, message, attempt + 1, PAUSES.get(attempt));
                return;
            }
            LOG.error("An alert could not be delivered and is given up: {}: {}", message.title(), e.getMessage());
        }
        waiting.decrementAndGet();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
