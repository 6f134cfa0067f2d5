package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One installation with a data folder of its own, started and ended as its user would. */
final class Freehold implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ADDRESS = Pattern.compile("ready at (http://\\S+)");

    private final Path home = Distribution.unpacked();
    private final Path data;
    private final Map<String, String> environment = new TreeMap<>();
    private Process process;
    private Output output;

    Freehold(Path data) {
        this.data = data;
        environment.put("FREEHOLD_DATA", data.toString());
        environment.put("FREEHOLD_HTTP_PORT", "0");
        environment.put("FREEHOLD_ALLOW_ROOT", "true");
    }

    Freehold with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path data() {
        return data;
    }

    long pid() {
        return process.pid();
    }

    Path home() {
        return home;
    }

    /** What it printed since it was last started. */
    List<String> output() {
        return output.lines();
    }

    /** Starts it and waits until it is ready. */
    Freehold start() {
        launch();
        await().atMost(PATIENCE).until(() -> !process.isAlive() || announced().find());
        assertThat(process.isAlive())
                .as("it runs; it said: %s", String.join("\n", output.lines()))
                .isTrue();
        await().atMost(PATIENCE).until(() -> anonymous().get("/readyz").status() == 200);
        return this;
    }

    /** Starts it where it must not come up, and waits until it has ended. */
    Ended startInVain() {
        launch();
        return ended();
    }

    private void launch() {
        process = begin(List.of("run"));
        output = new Output(process);
    }

    private Process begin(List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/freehold").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("FREEHOLD_"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Ended ended() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("it ends; it said: %s", String.join("\n", output.lines()))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Ended(process.exitValue(), output.whole());
    }

    private Matcher announced() {
        return ADDRESS.matcher(String.join("\n", output.lines()));
    }

    /** Where it listens. */
    URI address() {
        Matcher matcher = announced();
        assertThat(matcher.find()).isTrue();
        return URI.create(matcher.group(1));
    }

    /** A client that has not signed in. */
    Client anonymous() {
        return new Client(address(), null);
    }

    /** Makes the first administrator with the token that lies in the data folder, and signs in. */
    Client setUp() {
        Answer made = anonymous()
                .post(
                        "/api/v1/setup",
                        Map.of("setupToken", setupToken(), "username", Client.ADMIN, "password", Client.PASSWORD));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return signIn();
    }

    /** Signs in as the first administrator. */
    Client signIn() {
        return anonymous().signIn(Client.ADMIN, Client.PASSWORD);
    }

    String setupToken() {
        try {
            return Files.readString(data.resolve("setup-token")).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command of {@code bin/freehold} on this installation. */
    Ended command(String... arguments) {
        Process command = begin(List.of(arguments));
        Output said = new Output(command);
        try {
            assertThat(command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Ended(command.exitValue(), said.whole());
    }

    /** Sends TERM and waits for the end. */
    Ended stop() {
        process.destroy();
        return ended();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public void close() {
        if (isRunning()) {
            kill();
        }
    }
}
