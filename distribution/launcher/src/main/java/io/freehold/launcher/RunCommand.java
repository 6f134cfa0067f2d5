package io.freehold.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code freehold run}: Freehold in this process until TERM or INT. */
final class RunCommand implements Platform.Listener {
    private static final Logger log = LoggerFactory.getLogger(RunCommand.class);
    private static final long PATIENCE_SECONDS = 60;
    private static final long STOP_MILLIS = 4500;

    private final Configuration configuration;
    private final DataFolder data;
    private final String version;
    private final boolean background;
    private final PrintStream out;

    /** The status to exit with; completed by whatever ends Freehold first. */
    private final CompletableFuture<Integer> ending = new CompletableFuture<>();

    private final AtomicBoolean served = new AtomicBoolean();

    /**
     * @param background whether the log goes to its file instead of standard output
     * @param out where the address is announced
     */
    RunCommand(Configuration configuration, String version, boolean background, PrintStream out) {
        this.configuration = configuration;
        this.data = new DataFolder(configuration.data());
        this.version = version;
        this.background = background;
        this.out = out;
    }

    /**
     * Runs until stopped.
     *
     * @return the status to exit with
     * @throws LauncherException if it cannot start
     */
    int run() throws InterruptedException {
        Path system = configuration.home().resolve("system");
        List<Feature> features = Feature.read(system.resolve("features"), configuration.features());
        Account.requireOrdinary(configuration);
        Privacy.require(configuration);
        data.prepare();
        DataFolder.Claim claim = data.claim();
        Logging.start(configuration.get(Setting.LOG_LEVEL), background, data.log());
        Signals.onStop(() -> ending.complete(ExitStatus.OK));
        Bundles bundles = new Bundles(system, Feature.bundles(features), data.cache());
        Platform platform = Platform.of(configuration, data, bundles, version, this);
        new Thread(() -> start(platform), "freehold-start").start();
        try {
            return await(platform);
        } finally {
            stop(platform, claim);
            Logging.stop();
        }
    }

    private void start(Platform platform) {
        try {
            platform.start();
            if (!ending.isDone() && !configuration.features().contains("rest")) {
                say("runs and serves nothing: the feature rest is not chosen");
            }
        } catch (BundleException | IOException e) {
            failed("the framework did not start: " + Failures.reason(e));
        } catch (RuntimeException | Error e) {
            ending.completeExceptionally(e);
        }
    }

    private int await(Platform platform) throws InterruptedException {
        try {
            try {
                return ending.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                if (!served.get() && configuration.features().contains("rest")) {
                    log.warn("Nothing listens after {} s: {}", PATIENCE_SECONDS, platform.diagnosis());
                }
                return ending.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LauncherException known) {
                throw known;
            }
            throw new LauncherException(ExitStatus.FAILED, "internal error: " + e.getCause(), e);
        }
    }

    private void stop(Platform platform, DataFolder.Claim claim) throws InterruptedException {
        Optional<ClassArchive> archive = ending.isCompletedExceptionally()
                ? Optional.empty()
                : ClassArchive.wanted(System.getProperty(ClassArchive.PROPERTY));
        if (archive.isPresent()) {
            platform.linkClasses();
        }
        boolean stopped = platform.stop(STOP_MILLIS);
        claim.close();
        if (stopped) {
            log.info("Freehold has stopped");
            archive.ifPresent(ClassArchive::make);
        } else {
            log.warn("Freehold did not stop within {} ms; ending it", STOP_MILLIS);
        }
    }

    @Override
    public void failed(String reason) {
        Logging.hush();
        ending.completeExceptionally(new LauncherException(ExitStatus.FAILED, reason));
    }

    @Override
    public void serving(String address) {
        if (served.getAndSet(true)) {
            return;
        }
        Instant began = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        double seconds = Duration.between(began, Instant.now()).toMillis() / 1000.0;
        say(String.format(Locale.ROOT, "is ready at %s (%.1f s)", address, seconds));
        if (!background) {
            // What is started in the background writes to a file; whoever started it says this instead.
            data.setupToken().ifPresent(token -> out.println(SetupHint.of(token)));
        }
    }

    private void say(String what) {
        out.println("Freehold " + version + " " + what);
    }
}
