package io.freehold.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.StartupFailure;
import io.freehold.api.storage.Migration;
import io.freehold.api.storage.Transactions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The component in a running framework. */
class CoreComponentTest {
    @TempDir
    Path folder;

    @Test
    void aDatabaseThatANewerFreeholdWroteIsReportedToTheLauncherInOneLine() throws Exception {
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.toString()));
        framework.start();
        try {
            BundleContext context = framework.getBundleContext();

            assertThatThrownBy(() -> new CoreComponent(
                            context,
                            new NewerDatabase(),
                            new Grants(),
                            new Recorded(),
                            new RowSecrets(),
                            new FakeRegistry()))
                    .isInstanceOf(FreeholdException.class);

            assertThat(context.getServiceReference(StartupFailure.class).getProperty(StartupFailure.MESSAGE))
                    .isEqualTo("The database of core is newer than this Freehold.");
        } finally {
            framework.stop();
            framework.waitForStop(5000);
        }
    }

    /** Refuses every migration. */
    private static final class NewerDatabase implements Transactions {
        @Override
        public void migrate(String owner, List<Migration> migrations) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT, "MIGRATION", "The database of " + owner + " is newer than this Freehold.");
        }

        @Override
        public <T> T read(Work<T> work) {
            throw new AssertionError();
        }

        @Override
        public <T> T write(Work<T> work) {
            throw new AssertionError();
        }

        @Override
        public void afterCommit(Runnable action) {}

        @Override
        public String description() {
            return "newer";
        }
    }
}
