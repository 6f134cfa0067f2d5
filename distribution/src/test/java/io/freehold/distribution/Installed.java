package io.freehold.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution, copied to a folder as if it were unzipped there. */
final class Installed {
    private final Path home;
    private final Path work;
    private final Map<String, String> environment = new HashMap<>();

    private Installed(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    /** Copies it below a folder; with the base feature alone, which needs no port. */
    static Installed in(Path folder) throws IOException {
        Path stage;
        try (Stream<Path> stages = Files.list(Path.of("target/stage"))) {
            stage = stages.findFirst().orElseThrow();
        }
        Path home = folder.resolve("free hold");
        try (Stream<Path> files = Files.walk(stage)) {
            for (Path file : files.toList()) {
                Files.copy(file, home.resolve(stage.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Installed installed = new Installed(home, folder);
        installed.environment.put("FREEHOLD_FEATURES", "base");
        installed.environment.put("FREEHOLD_ALLOW_ROOT", "true");
        return installed;
    }

    Path home() {
        return home;
    }

    Path data() {
        return home.resolve("data");
    }

    Installed with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** A command that has ended. */
    record Result(int status, String output) {}

    /** Runs a command to its end. */
    Result run(String... command) throws IOException, InterruptedException {
        return runAs(home.resolve("bin/freehold"), command);
    }

    Result runAs(Path script, String... command) throws IOException, InterruptedException {
        Process process = start(script, command);
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(Arrays.toString(command) + " does not end: " + output());
        }
        return new Result(process.exitValue(), output());
    }

    /** Starts a command; its output is {@link #output}. */
    Process start(String... command) throws IOException {
        return start(home.resolve("bin/freehold"), command);
    }

    private Process start(Path script, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(script.toString()));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("output").toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("FREEHOLD_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What the command that was started last has written. */
    String output() throws IOException {
        return Files.readString(work.resolve("output"));
    }
}
