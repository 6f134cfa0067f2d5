package io.freehold.rest.http;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Takes the bodies of requests in, whole and off any thread, before anything is done with them: a client
 * that sends slowly holds no thread, and one that sends too much or something else is turned away.
 */
final class Bodies {
    /** Of a body that is too large, this much more is read and thrown away, so that its sender can read the answer. */
    private static final int MAX_DISCARDED_BYTES = 16 << 20;

    private static final byte[] NONE = {};

    private final long patienceMillis;

    /**
     * What a body may be.
     *
     * @param type its media type
     * @param maxBytes its size at the most
     */
    record Kind(String type, int maxBytes) {
        static final Kind JSON = new Kind("application/json", 1 << 20);
        static final Kind JAR = new Kind("application/java-archive", 64 << 20);
    }

    /**
     * @param patienceMillis how long a whole body may take to arrive, in milliseconds
     */
    Bodies(long patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    /** Completes with the body, or with a {@link Refusal}. */
    CompletableFuture<byte[]> read(Request request, Kind kind) {
        long length = request.getLength();
        if (length == 0 || (length < 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING))) {
            return CompletableFuture.completedFuture(NONE);
        }
        if (!isOf(kind, request.getHeaders().get(HttpHeader.CONTENT_TYPE))) {
            return CompletableFuture.failedFuture(
                    new Refusal(Problem.of(415, "UNSUPPORTED_MEDIA_TYPE", "Bodies are " + kind.type() + " here.")));
        }
        if (length > kind.maxBytes() + MAX_DISCARDED_BYTES || (length > kind.maxBytes() && waitsForUs(request))) {
            return CompletableFuture.failedFuture(new Refusal(tooLarge(kind)));
        }
        Reader reader = new Reader(request, kind);
        reader.run();
        CompletableFuture<byte[]> body = reader.body;
        if (!body.isDone()) {
            Scheduler.Task deadline = request.getComponents()
                    .getScheduler()
                    .schedule(
                            () -> request.fail(new TimeoutException("The body took too long")),
                            patienceMillis,
                            TimeUnit.MILLISECONDS);
            var unused = body.whenComplete((bytes, failure) -> deadline.cancel());
        }
        return body;
    }

    private static boolean waitsForUs(Request request) {
        return request.getHeaders().contains(HttpHeader.EXPECT);
    }

    private static Refusal refusal(Throwable failure) {
        return new Refusal(
                failure instanceof TimeoutException
                        ? Problem.of(408, "TIMEOUT", "The body took too long to arrive.")
                        : Problem.of(400, "MALFORMED", "The body broke off."));
    }

    private static Problem tooLarge(Kind kind) {
        return Problem.of(413, "TOO_LARGE", "The body is larger than " + kind.maxBytes() + " bytes.");
    }

    private static boolean isOf(Kind kind, String contentType) {
        if (contentType == null) {
            return false;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replace("\"", "").strip();
            if (parameter.startsWith("charset=") && !"charset=utf-8".equals(parameter)) {
                return false;
            }
        }
        return kind.type().equals(parts[0].strip());
    }

    /** Takes what has arrived, and asks to be called again when there is more. */
    private static final class Reader implements Invocable.Task {
        private final Request request;
        private final Kind kind;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private long total;

        Reader(Request request, Kind kind) {
            this.request = request;
            this.kind = kind;
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    body.completeExceptionally(refusal(chunk.getFailure()));
                    return;
                }
                ByteBuffer bytes = chunk.getByteBuffer();
                total += bytes.remaining();
                if (total <= kind.maxBytes()) {
                    byte[] copy = new byte[bytes.remaining()];
                    bytes.get(copy);
                    received.writeBytes(copy);
                }
                boolean last = chunk.isLast();
                chunk.release();
                if (total > kind.maxBytes() + MAX_DISCARDED_BYTES || (last && total > kind.maxBytes())) {
                    body.completeExceptionally(new Refusal(tooLarge(kind)));
                    return;
                }
                if (last) {
                    body.complete(received.toByteArray());
                    return;
                }
            }
        }
    }

    /** A body that is not taken, and what the client is told. */
    static final class Refusal extends FreeholdException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Refusal(Problem problem) {
            super(ErrorCode.MALFORMED, problem.detail());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
