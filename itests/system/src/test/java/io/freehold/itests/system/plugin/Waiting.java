package io.freehold.itests.system.plugin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An activator that returns once the files are there that its manifest names. */
public class Waiting implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        await(context, "Start-When");
    }

    @Override
    public void stop(BundleContext context) {
        await(context, "Stop-When");
    }

    private static void await(BundleContext context, String header) {
        String file = context.getBundle().getHeaders("").get(header);
        while (file != null && !Files.exists(Path.of(file))) {
            LockSupport.parkNanos(10_000_000);
        }
    }
}
