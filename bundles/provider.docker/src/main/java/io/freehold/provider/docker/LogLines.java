package io.freehold.provider.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.freehold.api.provider.LogLine;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Puts lines together from the pieces of one source of a log. Each message of the engine begins with its
 * time; a long line is several messages, so times in the middle of one are dropped. What is beyond
 * {@value #MAX_LINE} bytes of a line is cut off.
 */
final class LogLines {
    static final int MAX_LINE = 64 * 1024;

    /** {@code 2026-01-31T12:00:00.000000000Z} and a space. */
    private static final int STAMP = 31;

    private final Consumer<LogLine> lines;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final StringBuilder stamp = new StringBuilder();
    private Instant time = Instant.EPOCH;
    private boolean inStamp = true;
    private boolean begun;

    LogLines(Consumer<LogLine> lines) {
        this.lines = lines;
    }

    /** Adds a piece; {@code first} says that a message begins with it. */
    void add(byte[] data, int length, boolean first) {
        if (first) {
            inStamp = true;
            stamp.setLength(0);
        }
        for (int i = 0; i < length; i++) {
            byte next = data[i];
            if (inStamp) {
                stamp.append((char) (next & 0xff));
                if (stamp.length() == STAMP || next == '\n') {
                    endStamp(next);
                }
            } else if (next == '\n') {
                endLine();
            } else if (text.size() < MAX_LINE) {
                text.write(next);
            }
        }
    }

    /** Delivers a last line that has no end. */
    void end() {
        if (begun) {
            endLine();
        }
    }

    private void endStamp(byte last) {
        inStamp = false;
        try {
            Instant parsed = Instant.parse(stamp.toString().strip());
            if (!begun) {
                time = parsed;
            }
        } catch (DateTimeException e) {
            // no time where one should be: then it is text
            int end = last == '\n' ? stamp.length() - 1 : stamp.length();
            text.writeBytes(stamp.substring(0, end).getBytes(ISO_8859_1));
        }
        begun = true;
        if (last == '\n') {
            endLine();
        }
    }

    private void endLine() {
        String line = text.toString(UTF_8);
        text.reset();
        stamp.setLength(0);
        inStamp = true;
        begun = false;
        lines.accept(new LogLine(time, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
    }
}
