package io.freehold.launcher;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.launch.Framework;
import org.osgi.service.log.LoggerFactory;

/** The OSGi framework with Freehold's bundles in it, and what they tell the launcher as services. */
final class Platform {
    /** What is on the JVM's class path and belongs to every bundle; SLF4J in both versions that it claims to be. */
    private static final String LOGGING = "org.slf4j;version=2.0.17,org.slf4j.event;version=2.0.17,"
            + "org.slf4j.helpers;version=2.0.17,org.slf4j.spi;version=2.0.17,"
            + "org.slf4j;version=1.7.36,org.slf4j.helpers;version=1.7.36,org.osgi.service.log;version=1.5.0";

    /** Jetty's WebSocket bundle demands it for a service that it finds through its own class loader. */
    private static final String REGISTRAR =
            "osgi.extender;osgi.extender=osgi.serviceloader.registrar;version:Version=1.0";

    private static final String ADDRESS = "freehold.address";
    private static final String FAILURE = "freehold.startup.failure";

    private final Framework framework;
    private final Bundles bundles;
    private final boolean reuse;
    private final Listener listener;

    private Platform(Framework framework, Bundles bundles, boolean reuse, Listener listener) {
        this.framework = framework;
        this.bundles = bundles;
        this.reuse = reuse;
        this.listener = listener;
    }

    /** Hears, on the threads of the bundles, what they tell the launcher. */
    interface Listener {
        /** Freehold serves at this address; again whenever it serves anew. */
        void serving(String address);

        /** Freehold cannot run as it is set up. */
        void failed(String reason);
    }

    /** Makes the framework; nothing runs yet. */
    static Platform of(
            Configuration configuration, DataFolder data, Bundles bundles, String version, Listener listener) {
        Map<String, Object> properties = new HashMap<>(configuration.properties());
        properties.put("freehold.version", version);
        properties.put("freehold.home", configuration.home().toString());
        boolean reuse = bundles.installed();
        properties.put(
                Constants.FRAMEWORK_STORAGE, data.cache().resolve("bundles").toString());
        if (!reuse) {
            properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        }
        properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "");
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, LOGGING);
        properties.put(Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA, REGISTRAR);
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "99");
        // A plugin may be another build of the very version of a provider that it stands in for.
        properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        // The data folder is claimed as a whole.
        properties.put("felix.cache.locking", "false");
        properties.put("felix.log.logger", new FrameworkLog());
        properties.put("felix.log.level", "2");
        properties.put("ds.loglevel", "2");
        return new Platform(new FrameworkFactory().newFramework(properties), bundles, reuse, listener);
    }

    /** Starts the bundles by level; returns when all have been started, or tried. */
    void start() throws BundleException, IOException {
        framework.init();
        BundleContext context = framework.getBundleContext();
        context.registerService(LoggerFactory.class, new OsgiLoggers(), null);
        listen(context, ADDRESS, listener::serving);
        listen(context, FAILURE, listener::failed);
        if (reuse) {
            bundles.startAll(context);
        } else {
            bundles.forget();
            bundles.install(context);
        }
        framework.start();
    }

    /** Makes the loaded classes of the bundles ready for the {@link ClassArchive}. */
    void linkClasses() {
        LoadedClasses.link(framework.getBundleContext().getBundles());
    }

    /** Why nothing listens, for the log. */
    String diagnosis() {
        return Diagnosis.of(framework.getBundleContext());
    }

    /**
     * Stops every bundle and the framework.
     *
     * @return whether it has stopped in that time
     */
    boolean stop(long millis) throws InterruptedException {
        CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> {
            try {
                framework.stop();
                return framework.waitForStop(millis).getType() != FrameworkEvent.WAIT_TIMEDOUT;
            } catch (BundleException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
        try {
            return stopped.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void listen(BundleContext context, String property, Consumer<String> hears) {
        String filter = "(" + property + "=*)";
        ServiceListener services = event -> {
            if (event.getType() == ServiceEvent.REGISTERED) {
                hears.accept(String.valueOf(event.getServiceReference().getProperty(property)));
            }
        };
        try {
            context.addServiceListener(services, filter);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(filter, e);
        }
    }
}
