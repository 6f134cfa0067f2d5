package io.freehold.provider.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freehold.api.provider.ConsoleOutput;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A console's output that remembers what was printed. */
public final class RecordedConsole implements ConsoleOutput {
    private final StringBuilder text = new StringBuilder();
    private final Recording<String> texts = new Recording<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Waits until what was printed so far contains that text. */
    public boolean saw(String wanted, Duration patience) throws InterruptedException {
        return texts.await(soFar -> soFar.contains(wanted), patience).isPresent();
    }

    /** Everything that was printed so far. */
    public synchronized String text() {
        return text.toString();
    }

    /** Waits for the end. */
    public boolean sawClosed(Duration patience) throws InterruptedException {
        return closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void output(byte[] data) {
        text.append(new String(data, UTF_8));
        texts.add(text.toString());
    }

    @Override
    public void closed(String reason) {
        closed.countDown();
    }
}
