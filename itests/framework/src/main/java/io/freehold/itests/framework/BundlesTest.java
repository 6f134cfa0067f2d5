package io.freehold.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The run starts as a whole, and logs through the class path's SLF4J. */
class BundlesTest {
    @InjectBundleContext
    BundleContext context;

    @Test
    void everyBundleIsActiveOrWaitsForItsFirstClass() {
        assertThat(context.getBundles())
                .filteredOn(bundle -> bundle.adapt(BundleRevision.class).getTypes() != BundleRevision.TYPE_FRAGMENT)
                .allSatisfy(bundle -> assertThat(bundle.getState())
                        .as(bundle.getSymbolicName())
                        .isIn(Bundle.ACTIVE, Bundle.STARTING));
    }

    @Test
    void freeholdIsAmongThem() {
        assertThat(Arrays.stream(context.getBundles()).map(Bundle::getSymbolicName))
                .contains(
                        "io.freehold.api",
                        "io.freehold.storage",
                        "io.freehold.security",
                        "io.freehold.core",
                        "io.freehold.rest",
                        "io.freehold.provider.docker");
    }

    @Test
    void loggingComesFromTheSystemBundle() {
        Logger log = LoggerFactory.getLogger(BundlesTest.class);
        assertThat(log.getClass().getName()).startsWith("ch.qos.logback");
        assertThat(log.getClass().getClassLoader())
                .isSameAs(context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                        .getClass()
                        .getClassLoader());
    }
}
