package io.freehold.rest.http;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.rest.limit.Room;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the bodies of requests in, whole and off any thread, before anything is done with them: a client
 * that sends slowly holds no thread, and one that sends too much or something else is turned away. What may be
 * large goes to a file and never into memory.
 */
final class Bodies {
    private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);
    /** Of a body that is too large, this much more is read and thrown away, so that its sender can read the answer. */
    private static final int MAX_DISCARDED_BYTES = 16 << 20;

    private static final Body NONE = new MemoryBody(new Room(0));

    private final Path folder;
    private final Patience patience;
    private final Room known;
    private final Room strangers;

    /**
     * What a body may be.
     *
     * @param type its media type
     * @param maxBytes its size at the most
     * @param large whether it is kept in a file, and may take the longer the more of it has arrived
     */
    record Kind(String type, int maxBytes, boolean large) {
        /** On the routes that take no credential: names, passwords, tokens. */
        static final Kind OPEN = new Kind("application/json", 16 << 10, false);

        static final Kind JSON = new Kind("application/json", 1 << 20, false);
        static final Kind JAR = new Kind("application/java-archive", 64 << 20, true);
    }

    /**
     * How long a body may take to arrive. A connection without any traffic is closed sooner.
     *
     * @param millis for any body
     * @param bytesPerSecond what a large one that takes longer has to keep up from its beginning on, so that the
     *     largest one has an end, too
     */
    record Patience(long millis, long bytesPerSecond) {
        long millis(Kind kind, long arrived) {
            return kind.large() ? millis + Math.min(arrived, kind.maxBytes()) * 1000 / bytesPerSecond : millis;
        }
    }

    /**
     * @param folder where large bodies are kept while their requests are answered
     * @param memory how many bytes those in memory may take up together; those of strangers have a quarter as much
     *     for themselves, so that nobody without a credential takes the place of who has one
     */
    Bodies(Path folder, Patience patience, long memory) {
        this.folder = folder;
        this.patience = patience;
        known = new Room(memory);
        strangers = new Room(memory / 4);
    }

    /** Completes with the body, which is the caller's to close, or with a {@link FreeholdException}. */
    CompletableFuture<Body> read(Request request, Kind kind) {
        long length = request.getLength();
        if (length == 0 || (length < 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING))) {
            return CompletableFuture.completedFuture(NONE);
        }
        if (!isOf(kind, request.getHeaders().get(HttpHeader.CONTENT_TYPE))) {
            return CompletableFuture.failedFuture(
                    new Refusal(Problem.of(415, "UNSUPPORTED_MEDIA_TYPE", "Bodies are " + kind.type() + " here.")));
        }
        if (request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)) {
            return CompletableFuture.failedFuture(new Refusal(
                    Problem.of(415, "UNSUPPORTED_MEDIA_TYPE", "Bodies are taken as they are, not compressed.")));
        }
        if (length > kind.maxBytes() + MAX_DISCARDED_BYTES || (length > kind.maxBytes() && waitsForUs(request))) {
            return CompletableFuture.failedFuture(new Refusal(tooLarge(kind)));
        }
        Body empty;
        try {
            empty = kind.large() ? FileBody.in(folder) : new MemoryBody(kind.equals(Kind.OPEN) ? strangers : known);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(noRoom(e));
        }
        Reader reader = new Reader(request, kind, empty, patience);
        reader.run();
        if (!reader.body.isDone()) {
            reader.watch();
        }
        return reader.body;
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

    private static Refusal noRoom(IOException failure) {
        LOG.error("The body of a request cannot be kept in the data folder: {}", failure.toString());
        return new Refusal(
                Problem.of(503, ErrorCode.UNAVAILABLE.name(), "The data folder cannot take the body; see the log."));
    }

    private static Problem tooLarge(Kind kind) {
        return Problem.of(413, "TOO_LARGE", "The body is larger than " + kind.maxBytes() + " bytes.");
    }

    static boolean isOf(Kind kind, String contentType) {
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
        private final Body received;
        private final Patience patience;
        private final CompletableFuture<Body> body = new CompletableFuture<>();
        private final AtomicLong total = new AtomicLong();
        private final long begun = System.nanoTime();
        private volatile Scheduler.@Nullable Task deadline;

        Reader(Request request, Kind kind, Body received, Patience patience) {
            this.request = request;
            this.kind = kind;
            this.received = received;
            this.patience = patience;
        }

        /** Ends it once it has taken too long. */
        void watch() {
            expect(patience.millis(kind, total.get()));
            var unused = body.whenComplete((bytes, failure) -> {
                Scheduler.Task last = deadline;
                if (last != null) {
                    last.cancel();
                }
            });
        }

        private void expect(long millis) {
            deadline = request.getComponents().getScheduler().schedule(this::look, millis, TimeUnit.MILLISECONDS);
        }

        private void look() {
            long left = patience.millis(kind, total.get()) - (System.nanoTime() - begun) / 1_000_000;
            if (body.isDone()) {
                return;
            }
            if (left > 0) {
                expect(left);
            } else {
                request.fail(new TimeoutException("The body took too long"));
            }
        }

        @Override
        public InvocationType getInvocationType() {
            return kind.large() ? InvocationType.BLOCKING : InvocationType.NON_BLOCKING;
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
                    refuse(refusal(chunk.getFailure()));
                    return;
                }
                boolean last = chunk.isLast();
                long arrived;
                try {
                    arrived = take(chunk.getByteBuffer());
                } catch (IOException e) {
                    refuse(noRoom(e));
                    return;
                } catch (FreeholdException e) {
                    refuse(e);
                    return;
                } finally {
                    chunk.release();
                }
                if (arrived > kind.maxBytes() + MAX_DISCARDED_BYTES || (last && arrived > kind.maxBytes())) {
                    refuse(new Refusal(tooLarge(kind)));
                    return;
                }
                if (last) {
                    body.complete(received);
                    return;
                }
            }
        }

        private long take(ByteBuffer bytes) throws IOException {
            long arrived = total.addAndGet(bytes.remaining());
            if (arrived <= kind.maxBytes()) {
                received.add(bytes);
            }
            return arrived;
        }

        private void refuse(FreeholdException refusal) {
            received.close();
            body.completeExceptionally(refusal);
        }
    }
}
