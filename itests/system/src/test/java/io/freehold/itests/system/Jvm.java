package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks into a running JVM with the JDK's own tool. */
record Jvm(long pid) {
    private static final Pattern JETTY = Pattern.compile("^(http|admin|Scheduler)-");

    /** How many instances of a class live, after a full collection. */
    long instances(String type) {
        return ask("GC.class_histogram").stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= 4 && words[3].equals(type))
                .mapToLong(words -> Long.parseLong(words[1]))
                .sum();
    }

    /** How many bytes live objects take, after a full collection. */
    long heap() {
        return ask("GC.class_histogram").stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length == 3 && words[0].equals("Total"))
                .mapToLong(words -> Long.parseLong(words[2]))
                .sum();
    }

    /** The histogram of what lives, the largest first. */
    List<String> histogram(int lines) {
        return ask("GC.class_histogram").stream().limit(lines).toList();
    }

    /**
     * How many threads there are of each name, numbers left out; those of Jetty's pools, which have as many as they
     * had requests at once, are left out, too.
     */
    Map<String, Long> threads() {
        return ask("Thread.print").stream()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.indexOf('"', 1)).replaceAll("[0-9]+", "#"))
                .filter(name -> !JETTY.matcher(name).find())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }

    /** Asserts that there is no thread that there was not before. */
    void assertNoThreadsBut(Map<String, Long> before) {
        assertThat(threads())
                .allSatisfy(
                        (name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(before.getOrDefault(name, 0L)));
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
