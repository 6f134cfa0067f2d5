package io.freehold.itests.system.plugin;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An activator that never returns. */
public class Stubborn implements BundleActivator {
    @Override
    public void start(BundleContext context) throws Exception {
        new CountDownLatch(1).await();
    }

    @Override
    public void stop(BundleContext context) {
        // nothing to do
    }
}
