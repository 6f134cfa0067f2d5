package io.freehold.rest.jersey;

import io.freehold.rest.http.Problems;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.glassfish.jersey.message.internal.HeaderUtils;
import org.glassfish.jersey.server.ContainerException;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;
import org.jspecify.annotations.Nullable;

/**
 * Jersey's answer to one request. What a resource writes is collected and sent without blocking a thread, so
 * that a slow reader costs memory for one answer and nothing else; beyond a limit it is sent as it comes.
 */
final class JerseyAnswer implements ContainerResponseWriter {
    private static final int MAX_COLLECTED = 4 << 20;
    private static final long PATIENCE_MILLIS = 500;
    private static final MediaType EVENTS = MediaType.SERVER_SENT_EVENTS_TYPE;
    private static final byte[] END = "event: end\ndata: {\"reason\":\"gone\"}\n\n".getBytes(StandardCharsets.UTF_8);

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Problems problems;
    private final Object lock = new Object();
    private volatile @Nullable Body body;
    private @Nullable Detached detached;
    private @Nullable TimeoutHandler onTimeout;
    private Scheduler.@Nullable Task timeout;
    private boolean done;
    private @Nullable Thread worker;

    JerseyAnswer(Request request, Response response, Callback callback, Problems problems, InFlight inFlight) {
        this.request = request;
        this.response = response;
        this.callback = Callback.from(callback, () -> inFlight.leave(this));
        this.problems = problems;
    }

    @Override
    public @Nullable OutputStream writeResponseStatusAndHeaders(long length, ContainerResponse answer)
            throws ContainerException {
        response.setStatus(answer.getStatus());
        answer.getHeaders().forEach((name, values) -> {
            response.getHeaders().remove(name);
            // One field for each: cookies do not stand being joined by commas (RFC 6265, 3).
            texts(values).forEach(text -> response.getHeaders().add(name, text));
        });
        if (answer.getEntity() instanceof Detached stream) {
            detached = stream;
        }
        if (!answer.hasEntity() || detached != null) {
            return OutputStream.nullOutputStream();
        }
        Body collected = new Body(answer.getMediaType() != null && EVENTS.isCompatible(answer.getMediaType()));
        body = collected;
        return collected;
    }

    /** Jersey looks for a converter each time; nearly every value needs none. */
    private static List<String> texts(List<Object> values) {
        List<String> texts = new ArrayList<>(values.size());
        for (Object value : values) {
            if (value instanceof String text) {
                texts.add(text);
            } else if (MediaType.APPLICATION_JSON_TYPE.equals(value)) {
                texts.add(MediaType.APPLICATION_JSON);
            } else {
                texts.add(HeaderUtils.asString(value, (Configuration) null));
            }
        }
        return texts;
    }

    @Override
    public boolean suspend(long time, TimeUnit unit, @Nullable TimeoutHandler handler) {
        onTimeout = handler;
        // A request that waits for its answer is not idle.
        request.addIdleTimeoutListener(idle -> false);
        setSuspendTimeout(time, unit);
        return true;
    }

    @Override
    public void setSuspendTimeout(long time, TimeUnit unit) {
        synchronized (lock) {
            if (timeout != null) {
                timeout.cancel();
                timeout = null;
            }
            if (time > 0 && !done) {
                timeout = request.getComponents().getScheduler().schedule(this::timedOut, time, unit);
            }
        }
    }

    private void timedOut() {
        TimeoutHandler handler = onTimeout;
        if (handler != null) {
            handler.onTimeout(this);
        }
    }

    @Override
    public void commit() {
        if (!end()) {
            return;
        }
        Detached stream = detached;
        Body collected = body;
        if (stream != null) {
            stream.start(request, response, callback);
        } else if (collected == null || "HEAD".equals(request.getMethod())) {
            response.write(true, null, callback);
        } else {
            collected.send(callback);
        }
    }

    @Override
    public void failure(Throwable failure) {
        if (!end()) {
            return;
        }
        if (response.isCommitted()) {
            callback.failed(failure);
        } else {
            problems.write(request, response, callback, Problems.of(failure));
        }
    }

    /** Does what makes the answer, and knows on which thread. */
    void whileOnThisThread(Runnable work) {
        synchronized (lock) {
            worker = Thread.currentThread();
        }
        try {
            work.run();
        } finally {
            synchronized (lock) {
                worker = null;
            }
        }
    }

    /** Tells the reader of a stream of events that there will be no more of them, and takes no more. */
    void announceEnd() {
        Body stream = body;
        if (stream != null && stream.passesOn) {
            stream.finish();
        }
    }

    /** Closes the connection, and wakes who still makes the answer. */
    void cutOff() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        // Under the lock: a moment later the thread may serve somebody else.
        synchronized (lock) {
            if (worker != null) {
                worker.interrupt();
            }
        }
    }

    private boolean end() {
        synchronized (lock) {
            if (done) {
                return false;
            }
            done = true;
            if (timeout != null) {
                timeout.cancel();
            }
            return true;
        }
    }

    @Override
    public boolean enableResponseBuffering() {
        return false;
    }

    /** Collects up to a limit, or until a stream of events is flushed; then passes on. */
    private final class Body extends ByteArrayOutputStream {
        private final ReentrantLock writing = new ReentrantLock();
        private final boolean passesOn;
        private volatile boolean finished;

        Body(boolean passesOn) {
            super(1024);
            this.passesOn = passesOn;
        }

        @Override
        public void flush() {
            if (passesOn && size() > 0) {
                passOn();
            }
        }

        /** Says that this is the end, unless somebody goes on writing to a reader who is too slow to hear it. */
        void finish() {
            finished = true;
            try {
                if (writing.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    try {
                        response.write(false, ByteBuffer.wrap(END), Callback.NOOP);
                    } finally {
                        writing.unlock();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (size() > MAX_COLLECTED) {
                passOn();
            }
        }

        private void passOn() {
            writing.lock();
            try {
                if (finished) {
                    throw new IOException("The stream has ended");
                }
                Content.Sink.write(response, false, ByteBuffer.wrap(buf, 0, count));
                reset();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                writing.unlock();
            }
        }

        void send(Callback end) {
            if (!response.isCommitted()) {
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, count);
            }
            response.write(true, ByteBuffer.wrap(buf, 0, count), end);
        }
    }
}
