package io.freehold.rest.jersey;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import jakarta.ws.rs.container.AsyncResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.MDC;

/**
 * Threads for calls that may take long because they wait for a backend, or for a password to be hashed. They
 * are apart from those that serve requests, so that a backend that hangs keeps nobody else waiting.
 */
public final class Workers implements Executor, AutoCloseable {
    private static final String REQUEST_ID = "requestId";

    private final ThreadPoolExecutor threads;

    /**
     * @param name what the threads are called
     * @param max how many calls at once; one more is refused with {@code UNAVAILABLE}
     */
    public Workers(String name, int max) {
        AtomicInteger count = new AtomicInteger();
        threads = new ThreadPoolExecutor(0, max, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Answers with what the call returns or throws. */
    public void answer(AsyncResponse response, Callable<?> call) {
        try {
            execute(() -> {
                Object answer;
                try {
                    answer = call.call();
                } catch (Throwable e) { // also errors: somebody waits for the answer
                    response.resume(e);
                    return;
                }
                response.resume(answer);
            });
        } catch (RejectedExecutionException e) {
            throw busy();
        }
    }

    /** What to tell a client whose call was rejected. */
    public static FreeholdException busy() {
        return FreeholdException.retryLater(
                ErrorCode.UNAVAILABLE, "BUSY", "Too many such calls run at the moment.", Duration.ofSeconds(2));
    }

    /** Runs the work with the request id of the calling thread in its log lines. */
    @Override
    public void execute(Runnable work) {
        String requestId = MDC.get(REQUEST_ID);
        threads.execute(() -> {
            if (requestId != null) {
                MDC.put(REQUEST_ID, requestId);
            }
            try {
                work.run();
            } finally {
                MDC.remove(REQUEST_ID);
            }
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
