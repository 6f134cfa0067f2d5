package io.freehold.rest.stream;

import io.freehold.api.Subscription;
import io.freehold.rest.jersey.Detached;
import io.freehold.rest.limit.Room;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongFunction;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * One client's event stream. Frames wait in a bounded queue and are written without blocking; a client that
 * does not keep up loses what waits, is told so, and slows nobody.
 */
public final class SseConnection implements Live, Detached {
    private static final byte[] OPENED = ": open\n\n".getBytes(StandardCharsets.UTF_8);
    private static final long HEARTBEAT_MILLIS = 15_000;
    /** How long a client has to take the head of its answer before its stream is given up. */
    private static final long START_MILLIS = 60_000;

    private static final int BATCH_BYTES = 64 * 1024;

    private final Guard guard;
    private final LiveConnections connections;
    private final Room room;
    private final Subscription place;
    private final LongFunction<byte[]> onLoss;
    private final int capacity;
    private final Object lock = new Object();
    private final Deque<byte[]> queue = new ArrayDeque<>();
    private volatile @Nullable Writer writer;
    private @Nullable Subscription source;
    private int queuedBytes;
    private int sendingBytes;
    private long lost;
    private boolean ended;
    private boolean closed;
    private long lastBeat;

    /**
     * A stream that takes frames from now on, and sends them once Jersey has sent the head.
     *
     * @param place what it takes up until it ends
     * @param capacity how many bytes may wait for a slow client
     * @param onLoss makes the frame that says how many frames were dropped
     */
    SseConnection(
            Guard guard, LiveConnections connections, Subscription place, int capacity, LongFunction<byte[]> onLoss) {
        this.guard = guard;
        this.connections = connections;
        this.room = connections.room();
        this.place = place;
        this.capacity = capacity;
        this.onLoss = onLoss;
        add(OPENED);
        connections.add(this);
    }

    @Override
    public void start(Request request, Response response, Callback callback) {
        request.addIdleTimeoutListener(idle -> false);
        request.addFailureListener(failure -> release());
        writer = new Writer(response, callback);
        write();
    }

    private void write() {
        Writer started = writer;
        if (started != null) {
            started.iterate();
        }
    }

    /** Says where the events come from, so that it is closed with the stream. */
    public void source(Subscription subscription) {
        synchronized (lock) {
            if (!closed) {
                source = subscription;
                return;
            }
        }
        subscription.close();
    }

    /** Sends a frame, or drops what waits if the client is too slow. Never blocks. */
    public void send(byte[] frame) {
        synchronized (lock) {
            if (ended || closed) {
                return;
            }
            boolean full = queuedBytes + frame.length > capacity || room.left() < frame.length;
            if (full && queuedBytes > 0) {
                lost += queue.size() + 1L;
                clear();
            } else {
                add(frame);
            }
        }
        write();
    }

    /** Sends a last frame after those that wait, and ends the stream. */
    public void end(byte @Nullable [] last) {
        synchronized (lock) {
            if (ended || closed) {
                return;
            }
            if (last != null) {
                add(last);
            }
            ended = true;
        }
        stopSource();
        write();
    }

    @Override
    public void check() {
        if (writer != null && !guard.holds()) {
            end(null);
        }
    }

    @Override
    public void tick(long nowMillis) {
        if (lastBeat == 0) {
            lastBeat = nowMillis;
        }
        if (writer == null) {
            if (nowMillis - lastBeat > START_MILLIS) {
                release();
            }
        } else if (!guard.holds()) {
            end(null);
        } else if (nowMillis - lastBeat >= HEARTBEAT_MILLIS) {
            lastBeat = nowMillis;
            send(SseFrame.HEARTBEAT);
        }
    }

    @Override
    public void shutDown() {
        end(SseFrame.of("end", null, "{\"reason\":\"stopping\"}".getBytes(StandardCharsets.UTF_8)));
    }

    /** Gives up a stream that was never answered with. */
    public void abandon() {
        release();
    }

    private void add(byte[] frame) {
        queue.add(frame);
        queuedBytes += frame.length;
        room.takeAnyway(frame.length);
    }

    private void clear() {
        queue.clear();
        room.giveBack(queuedBytes);
        queuedBytes = 0;
    }

    private void release() {
        synchronized (lock) {
            clear();
            room.giveBack(sendingBytes);
            sendingBytes = 0;
            if (closed) {
                return;
            }
            closed = true;
        }
        place.close();
        stopSource();
        connections.remove(this);
    }

    private void stopSource() {
        Subscription subscription;
        synchronized (lock) {
            subscription = source;
            source = null;
        }
        if (subscription != null) {
            subscription.close();
        }
    }

    private @Nullable ByteBuffer nextBatch() {
        synchronized (lock) {
            if (lost > 0) {
                byte[] loss = onLoss.apply(lost);
                queue.addFirst(loss);
                queuedBytes += loss.length;
                room.takeAnyway(loss.length);
                lost = 0;
            }
            // What was sent before is on its way.
            room.giveBack(sendingBytes);
            sendingBytes = 0;
            if (queue.isEmpty()) {
                return null;
            }
            int size = 0;
            int frames = 0;
            for (byte[] frame : queue) {
                if (frames > 0 && size + frame.length > BATCH_BYTES) {
                    break;
                }
                size += frame.length;
                frames++;
            }
            ByteBuffer batch = ByteBuffer.allocate(size);
            for (int i = 0; i < frames; i++) {
                batch.put(queue.remove());
            }
            queuedBytes -= size;
            sendingBytes = size;
            return batch.flip();
        }
    }

    private boolean finished() {
        synchronized (lock) {
            return closed || (ended && queue.isEmpty() && lost == 0);
        }
    }

    /** Writes one batch after the other, each when the one before is on its way. */
    private final class Writer extends IteratingCallback {
        private final Response response;
        private final Callback callback;
        private boolean lastWritten;

        Writer(Response response, Callback callback) {
            this.response = response;
            this.callback = callback;
        }

        @Override
        protected Action process() {
            if (lastWritten) {
                return Action.SUCCEEDED;
            }
            ByteBuffer batch = nextBatch();
            if (batch == null && !finished()) {
                return Action.IDLE;
            }
            lastWritten = finished();
            response.write(lastWritten, batch, this);
            return Action.SCHEDULED;
        }

        @Override
        public Invocable.InvocationType getInvocationType() {
            return Invocable.InvocationType.NON_BLOCKING;
        }

        @Override
        protected void onCompleteSuccess() {
            release();
            callback.succeeded();
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            release();
            callback.failed(cause);
        }
    }
}
