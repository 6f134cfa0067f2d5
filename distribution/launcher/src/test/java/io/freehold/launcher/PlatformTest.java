package io.freehold.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The framework with Declarative Services and a bundle made by the test. */
class PlatformTest {
    private static final List<String> DECLARATIVE_SERVICES = List.of(
            "org.apache.felix.scr", "org.osgi.service.component", "org.osgi.util.promise", "org.osgi.util.function");

    @TempDir
    Path home;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listenToTheLog() {
        log.start();
        root().setLevel(Level.WARN);
        root().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        root().detachAppender(log);
    }

    @Test
    void aComponentThatFailsToActivateIsSeenInTheLogWithItsReason() throws Exception {
        bundle("failing", FailingComponent.class, "");

        run(platform -> await().until(
                        () -> log.list.stream().anyMatch(event -> causes(event).contains("the cellar is flooded"))));
    }

    @Test
    void theDiagnosisNamesWhatAComponentLacks() throws Exception {
        bundle("needy", NeedyComponent.class, "<reference name='Wine' interface='org.example.Wine'/>");

        run(platform -> assertThat(platform.diagnosis()).contains("needy lacks Wine"));
    }

    @Test
    void theDiagnosisNamesWhatAComponentFailedFrom() throws Exception {
        bundle("failing", FailingComponent.class, "");

        run(platform ->
                await().untilAsserted(() -> assertThat(platform.diagnosis()).contains("failing failed: ")));
    }

    @Test
    void theSecondStartFindsEverythingInstalledUntilAJarChanges() throws Exception {
        bundle("needy", NeedyComponent.class, "");
        assertThat(bundles().installed()).isFalse();
        run(platform -> {});
        assertThat(bundles().installed()).isTrue();
        run(platform -> assertThat(platform.diagnosis()).isEqualTo("every component is satisfied"));

        bundle("needy", FailingComponent.class, "");
        assertThat(bundles().installed()).isFalse();
        run(platform ->
                await().untilAsserted(() -> assertThat(platform.diagnosis()).contains("needy failed")));
    }

    private interface Check {
        void on(Platform platform) throws Exception;
    }

    private void run(Check check) throws Exception {
        Configuration configuration = Configuration.read(home, Map.of());
        DataFolder data = new DataFolder(configuration.data());
        data.prepare();
        Platform platform = Platform.of(configuration, data, bundles(), "test", new Platform.Listener() {
            @Override
            public void serving(String address) {
                throw new AssertionError("nothing serves here");
            }

            @Override
            public void failed(String reason) {
                throw new AssertionError(reason);
            }
        });
        try {
            platform.start();
            check.on(platform);
        } catch (BundleException e) {
            throw new AssertionError(e);
        } finally {
            assertThat(platform.stop(5000)).isTrue();
        }
    }

    private Bundles bundles() {
        Path system = home.resolve("system");
        return new Bundles(system, Feature.bundles(Feature.read(system, List.of("base"))), home.resolve("data/cache"));
    }

    /** Makes a distribution of Declarative Services and one bundle. */
    private void bundle(String name, Class<?> component, String references) throws IOException {
        Path system = home.resolve("system");
        List<String> ids = new ArrayList<>();
        Files.createDirectories(system.resolve("10"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry);
            String file = jar.getFileName().toString();
            if (DECLARATIVE_SERVICES.stream().anyMatch(artifact -> file.matches(artifact + "-\\d.*\\.jar"))) {
                Path copy = system.resolve("10").resolve(file);
                if (!Files.exists(copy)) {
                    Files.copy(jar, copy);
                }
                int dash = file.lastIndexOf('-');
                ids.add(id(file.substring(0, dash), file.substring(dash + 1, file.length() - 4), 10));
            }
        }
        ids.add(id(name, "1", 20));
        TestBundle.write(system.resolve("20/" + name + "-1.jar"), name, component, references);
        Files.writeString(system.resolve("base.json"), "{\"bundles\":[" + String.join(",", ids) + "]}");
    }

    private static String id(String artifact, String version, int level) {
        return "{\"id\":\"g:" + artifact + ":" + version + "\",\"bundleStartLevel\":" + level + "}";
    }

    private static List<String> causes(ILoggingEvent event) {
        return Stream.iterate(event.getThrowableProxy(), cause -> cause != null, IThrowableProxy::getCause)
                .map(IThrowableProxy::getMessage)
                .toList();
    }

    private static ch.qos.logback.classic.Logger root() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
