package io.freehold.itests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks into a running JVM with the JDK's own tool. */
record Jvm(long pid) {
    /** How many instances of a class live, after a full collection. */
    long instances(String type) {
        return ask("GC.class_histogram").stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= 4 && words[3].equals(type))
                .mapToLong(words -> Long.parseLong(words[1]))
                .sum();
    }

    /** The names of all threads. */
    List<String> threads() {
        return ask("Thread.print").stream()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .toList();
    }

    private List<String> ask(String question) {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(tool, Long.toString(pid), question)
                    .redirectErrorStream(true)
                    .start();
            Output output = new Output(process);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("jcmd does not answer");
            }
            return output.whole();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
