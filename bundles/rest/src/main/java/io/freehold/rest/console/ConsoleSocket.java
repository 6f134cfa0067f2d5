package io.freehold.rest.console;

import io.freehold.api.Subscription;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.ConsoleOutput;
import io.freehold.rest.stream.Guard;
import io.freehold.rest.stream.Live;
import io.freehold.rest.stream.LiveConnections;
import io.github.bucket4j.Bucket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * One client at a console. What it gets is {@link Outgoing}'s; input is taken one message at a time, each only when
 * the one before was typed.
 */
public final class ConsoleSocket implements Session.Listener, ConsoleOutput, Live {
    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    static final int NOT_ALLOWED = 1008;
    static final int FAULT = 1011;
    static final int RESTART = 1012;

    private static final long PING_MILLIS = 20_000;
    /** How long the protocol may take to be switched before the console is given up. */
    private static final long START_MILLIS = 60_000;

    private static final long SILENCE_MILLIS = 65_000;
    /** How long a client has to read the last output, in ticks. */
    private static final int MAX_TICKS = 25;

    private static final int MESSAGES_PER_SECOND = 500;
    private static final int MESSAGES_AT_ONCE = 5_000;

    private final Bucket pace = Bucket.builder()
            .addLimit(
                    limit -> limit.capacity(MESSAGES_AT_ONCE).refillGreedy(MESSAGES_PER_SECOND, Duration.ofSeconds(1)))
            .build();
    private final Guard guard;
    private final LiveConnections connections;
    private final Typing typing;
    private final IntSupplier whyEnded;
    private final Outgoing outgoing;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Subscription> held = new ArrayList<>();
    private volatile @Nullable Session session;
    private volatile @Nullable Console console;
    private volatile @Nullable String endReason;
    private int ticksSinceEnd;
    private volatile boolean heard = true;
    private long lastHeard;
    private long lastPing;
    private long begun;

    /**
     * @param typing runs what may wait for the instance
     * @param whyEnded finds the close code when the instance's side has ended
     */
    ConsoleSocket(
            ConsoleMessages messages, Guard guard, LiveConnections connections, Executor typing, IntSupplier whyEnded) {
        this.guard = guard;
        this.connections = connections;
        this.typing = new Typing(messages, typing, () -> ended.get() ? null : console, this::send);
        this.whyEnded = whyEnded;
        outgoing = new Outgoing(connections.room(), this::release);
    }

    /** Says which console this is the client of. */
    void attach(Console attached) {
        console = attached;
        if (ended.get()) {
            attached.close();
        }
    }

    /** Holds something that ends with the connection. */
    void hold(Subscription subscription) {
        synchronized (held) {
            if (!ended.get()) {
                held.add(subscription);
                return;
            }
        }
        subscription.close();
    }

    /** From here on it is looked after, and given up if the client is gone before the protocol is switched. */
    void opening() {
        connections.add(this);
        if (ended.get()) {
            connections.remove(this);
        }
    }

    /** Sends a message that is not output; a client that has too many of them to read is given up. */
    void send(String message) {
        if (!outgoing.message(message)) {
            close(NOT_ALLOWED, "too much waits to be read");
        }
    }

    /** Sends a measurement, unless the client is behind: the next one says more. */
    void sendUnlessBehind(String message) {
        outgoing.messageUnlessBehind(message);
    }

    @Override
    public void output(byte[] data) {
        outgoing.output(data);
    }

    @Override
    public void closed(String reason) {
        // Decided a moment later: that the instance ended may be known only then.
        endReason = reason;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        if (ended.get()) {
            close(RESTART, "the console was given up before it was open");
            return;
        }
        outgoing.open(opened);
        demandMore();
    }

    @Override
    public void onWebSocketText(String text) {
        heard = true;
        typing.take(text, this::demandMore);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        close(1003, "text only");
    }

    @Override
    public void onWebSocketPing(ByteBuffer payload) {
        heard = true;
        demandMore();
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        heard = true;
        demandMore();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        release();
    }

    @Override
    public void onWebSocketClose(int status, @Nullable String reason, Callback callback) {
        release();
        callback.succeed();
    }

    /** Asks for the next message, unless there were more than anybody types. */
    private void demandMore() {
        Session open = session;
        if (!pace.tryConsume(1)) {
            close(NOT_ALLOWED, "too many messages");
        } else if (open != null && open.isOpen()) {
            open.demand();
        }
    }

    @Override
    public void check() {
        if (session != null && !guard.holds()) {
            close(NOT_ALLOWED, "the session has ended");
        }
    }

    @Override
    public void tick(long nowMillis) {
        if (session == null) {
            begun = begun == 0 ? nowMillis : begun;
            if (nowMillis - begun > START_MILLIS) {
                close(RESTART, "the console took too long to open");
            }
            return;
        }
        if (heard || lastHeard == 0) {
            heard = false;
            lastHeard = nowMillis;
        }
        if (!guard.holds()) {
            close(NOT_ALLOWED, "the session has ended");
        } else if (endReason != null && ticksSinceEnd++ > 0 && (!outgoing.hasMore() || ticksSinceEnd > MAX_TICKS)) {
            close(whyEnded.getAsInt(), endReason);
        } else if (nowMillis - lastHeard > SILENCE_MILLIS) {
            close(GOING_AWAY, "nothing was heard of the client");
        } else if (nowMillis - lastPing > PING_MILLIS) {
            lastPing = nowMillis;
            Session open = session;
            if (open != null) {
                open.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
            }
        }
    }

    @Override
    public void shutDown() {
        close(RESTART, "Freehold is stopping");
    }

    /** Closes at once. */
    void close(int code, String reason) {
        try {
            release();
        } finally {
            // Read after the release: a session that opens meanwhile sees that it has ended.
            closeSession(code, reason);
        }
    }

    private void closeSession(int code, String reason) {
        Session open = session;
        if (open != null) {
            open.close(code, shortened(reason), Callback.NOOP);
        }
    }

    /** A close frame has room for 123 bytes. */
    private static String shortened(String reason) {
        String text = reason;
        while (text.getBytes(StandardCharsets.UTF_8).length > 120) {
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }

    private void release() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        outgoing.close();
        connections.remove(this);
        List<Subscription> subscriptions;
        synchronized (held) {
            subscriptions = List.copyOf(held);
            held.clear();
        }
        subscriptions.forEach(Subscription::close);
        Console attached = console;
        if (attached != null) {
            attached.close();
        }
    }
}
