package io.freehold.provider.testkit;

import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.LogListener;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A log listener that remembers what it was told. */
public final class RecordedLog implements LogListener {
    private final Recording<LogLine> lines = new Recording<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** The lines so far. */
    public Recording<LogLine> lines() {
        return lines;
    }

    /** Waits for a line with that text. */
    public boolean saw(String text, Duration patience) throws InterruptedException {
        return lines.await(line -> line.text().equals(text), patience).isPresent();
    }

    /** Waits for the end. */
    public boolean sawEnd(Duration patience) throws InterruptedException {
        return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void line(LogLine line) {
        lines.add(line);
    }

    @Override
    public void ended() {
        ended.countDown();
    }
}
