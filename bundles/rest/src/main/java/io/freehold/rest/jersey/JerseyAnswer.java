package io.freehold.rest.jersey;

import io.freehold.rest.http.Problems;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Problems problems;
    private final Object lock = new Object();
    private @Nullable Body body;
    private @Nullable Detached detached;
    private @Nullable TimeoutHandler onTimeout;
    private Scheduler.@Nullable Task timeout;
    private boolean done;

    JerseyAnswer(Request request, Response response, Callback callback, Problems problems) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.problems = problems;
    }

    @Override
    public @Nullable OutputStream writeResponseStatusAndHeaders(long length, ContainerResponse answer)
            throws ContainerException {
        response.setStatus(answer.getStatus());
        answer.getHeaders().forEach((name, values) -> response.getHeaders().put(name, texts(values)));
        if (answer.getEntity() instanceof Detached stream) {
            detached = stream;
        }
        if (!answer.hasEntity() || detached != null) {
            return OutputStream.nullOutputStream();
        }
        Body collected = new Body();
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

    /** Collects up to a limit, then passes on. */
    private final class Body extends ByteArrayOutputStream {
        Body() {
            super(1024);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (size() > MAX_COLLECTED) {
                passOn();
            }
        }

        private void passOn() {
            try {
                Content.Sink.write(response, false, ByteBuffer.wrap(buf, 0, count));
                reset();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
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
