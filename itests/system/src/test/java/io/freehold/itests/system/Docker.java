package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The real engine, as somebody outside of Freehold uses it. */
final class Docker implements AutoCloseable {
    private final String url;
    private final String image;
    private final List<String> names = new ArrayList<>();

    private Docker(String url, String image) {
        this.url = url;
        this.image = image;
    }

    /** Skips the test where there is no engine. */
    static Docker engine() {
        String url = System.getProperty("freehold.test.docker", "");
        String image = System.getProperty("freehold.test.image", "");
        assumeTrue(
                !url.isBlank() && !image.isBlank(),
                "skipped: no Docker engine, set -Dfreehold.test.docker=unix:///… and -Dfreehold.test.image=…");
        return new Docker(url, image);
    }

    String url() {
        return url;
    }

    Path socket() {
        assumeTrue(url.startsWith("unix://"), "skipped: the engine is not on a Unix socket");
        return Path.of(url.substring("unix://".length()));
    }

    String image() {
        return image;
    }

    /** A name for a container, which is removed in the end. */
    synchronized String name(String what) {
        String name =
                "freehold-itest-" + what + "-" + UUID.randomUUID().toString().substring(0, 8);
        names.add(name);
        return name;
    }

    /** How many containers have the name: running or not, nought or one, unless somebody cheats with links. */
    List<String> ids(String name) {
        return run("ps", "-a", "-q", "--no-trunc", "--filter", "name=^/" + name + "$");
    }

    /** Names of all containers that begin so. */
    List<String> namesLike(String prefix) {
        return run("ps", "-a", "--format", "{{.Names}}", "--filter", "name=^/" + prefix);
    }

    List<String> run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "-H", url));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Output output = new Output(process);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as("%s said %s", command, output.whole())
                    .isZero();
            return List.copyOf(output.whole());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        for (String name : names) {
            for (String id : ids(name)) {
                run("rm", "-f", "-v", id);
            }
        }
    }
}
