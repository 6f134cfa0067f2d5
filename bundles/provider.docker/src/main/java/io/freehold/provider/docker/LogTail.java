package io.freehold.provider.docker;

import io.freehold.api.provider.LogLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the newest lines of a log, as many as fit, and says so where older ones did not. */
final class LogTail implements Consumer<LogLine> {
    private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    private final Deque<LogLine> lines = new ArrayDeque<>();
    private int characters;
    private boolean cut;

    @Override
    public void accept(LogLine line) {
        lines.add(line);
        characters += line.text().length();
        while (characters > MAX_CHARACTERS) {
            characters -= lines.remove().text().length();
            cut = true;
        }
    }

    /** What is kept, oldest first. */
    List<LogLine> lines() {
        List<LogLine> sorted = new ArrayList<>(lines);
        // stdout and stderr come in order each, but not between them
        sorted.sort(Comparator.comparing(LogLine::time));
        if (cut) {
            sorted.add(
                    0,
                    new LogLine(
                            sorted.get(0).time(),
                            "[Freehold leaves out older lines: a log is read up to " + MAX_CHARACTERS / (1024 * 1024)
                                    + " MiB]"));
        }
        return sorted;
    }
}
