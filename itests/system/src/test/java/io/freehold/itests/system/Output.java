package io.freehold.itests.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a process printed, line by line, while it runs and after. */
final class Output {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    Output(Process process) {
        reader = new Thread(() -> read(process), "output-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Process process) {
        try (BufferedReader in = process.inputReader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // the process was killed; what came before counts
        }
    }

    List<String> lines() {
        return lines;
    }

    /** All of it, once the process has ended. */
    List<String> whole() {
        try {
            reader.join(5_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return lines;
    }
}
