package io.freehold.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.StartupFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The component in a running framework. */
class StorageComponentTest {
    @TempDir
    Path folder;

    private Framework framework;

    @BeforeEach
    void start() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.resolve("cache").toString(),
                        "freehold.data",
                        folder.resolve("data").toString()));
        framework.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(5000);
    }

    @Test
    void itReadsItsSettingsFromTheFramework() throws Exception {
        StorageComponent component = new StorageComponent(framework.getBundleContext());
        component.write(c -> TransactionsContract.execute(c, "CREATE TABLE test_names (name TEXT PRIMARY KEY)"));

        assertThat(component.read(TransactionsContract::select).isEmpty()).isTrue();
        assertThat(folder.resolve("data/freehold.db")).exists();
        component.close();
    }

    @Test
    void itTellsTheLauncherInOneLineWhyItCannotStart() throws Exception {
        BundleContext context = framework.getBundleContext();
        StorageComponent first = new StorageComponent(context);

        assertThatThrownBy(() -> new StorageComponent(context)).isInstanceOf(StorageException.class);
        assertThat(context.getServiceReference(StartupFailure.class).getProperty(StartupFailure.MESSAGE))
                .asString()
                .startsWith("Another Freehold is using the data folder");
        first.close();
    }
}
