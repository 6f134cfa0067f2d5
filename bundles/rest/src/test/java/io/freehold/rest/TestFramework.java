package io.freehold.rest;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** An OSGi framework without bundles, for what needs a bundle's context. */
public final class TestFramework implements AutoCloseable {
    private final Framework framework;

    /**
     * @param properties settings, as {@code freehold.…}
     */
    public TestFramework(Path folder, Map<String, String> properties) throws BundleException {
        Map<String, String> all = new HashMap<>(properties);
        all.put("org.osgi.framework.storage", folder.resolve("cache").toString());
        framework = new FrameworkFactory().newFramework(all);
        framework.start();
    }

    public BundleContext context() {
        return framework.getBundleContext();
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
    }
}
