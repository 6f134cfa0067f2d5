package io.freehold.plugins;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.api.StartupFailure;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.plugin.BundleCheck;
import io.freehold.api.plugin.Plugin.Source;
import io.freehold.api.plugin.PluginListener;
import io.freehold.api.plugin.PluginService;
import io.freehold.api.security.Authorizer;
import io.freehold.api.storage.Migration;
import io.freehold.api.storage.Transactions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings plugins up beside everything else, so that none of them keeps Freehold from starting. */
@Component(
        service = {},
        immediate = true)
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>='io.freehold.api.plugin.PluginService'")
public final class PluginsComponent {
    private static final Logger LOG = LoggerFactory.getLogger(PluginsComponent.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<PluginListener> listeners = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<BundleCheck> checks = new CopyOnWriteArrayList<>();

    private final ExecutorService workers = workers();
    private final AtomicBoolean resumed = new AtomicBoolean();
    private final BundleContext context;
    private final Duration timeout;
    private final FrameworkListener started;
    private final BundleListener outside;
    private final FolderWatch watch;
    private final ServiceRegistration<PluginService> registration;

    @Activate
    public PluginsComponent(
            BundleContext context,
            @Reference Transactions transactions,
            @Reference Authorizer authorizer,
            @Reference AuditLog audit,
            @Reference ServiceComponentRuntime components) {
        this.context = context;
        Settings settings = Settings.of(context);
        Path home = settings.text("home").map(Path::of).orElseGet(settings::data);
        transactions.migrate("plugins", List.of(Migration.of(PluginsComponent.class, "001-plugins")));
        try {
            timeout = settings.duration("plugin.timeout", TIMEOUT, Duration.ofSeconds(1), Duration.ofMinutes(10));
            JarStore store = new JarStore(settings.data().resolve("plugins"));
            Installed installed =
                    new Installed(context.getDataFile("installed.properties").toPath());
            Doctor doctor = new Doctor(context, components, checks);
            PluginBundles bundles = new PluginBundles(context, doctor, installed, new BundleRunner(doctor, timeout));
            TrustedPublishers publishers = new TrustedPublishers(home.resolve("etc/trusted-publishers"));
            boolean signedOnly = signedOnly(settings);
            Clock clock = Clock.systemUTC();
            Board board = new Board(bundles, listeners, clock.millis() << 10);
            PluginChanges changes = new PluginChanges(transactions, audit, store, bundles, board);
            Locks locks = new Locks();
            Upkeep upkeep = new Upkeep(changes, store, publishers, bundles, board, signedOnly, locks, workers);
            Plugins plugins =
                    new Plugins(changes, upkeep, audit, store, publishers, bundles, board, signedOnly, locks, clock);
            Path folder = home.resolve(settings.text("deploy.folder").orElse("deploy"));
            DeployFolder deployed = new DeployFolder(plugins, upkeep, store, workers, folder::resolve);
            upkeep.whenOneCame(deployed::retryRefused);
            watch = new FolderWatch(folder, deployed, PATIENCE);
            outside = event -> noticed(event, upkeep);
            context.addBundleListener(outside);
            started = onceStarted(context, () -> workers.execute(() -> resume(plugins, upkeep)));
            registration = context.registerService(
                    PluginService.class, new AuthorizedPlugins(plugins, store, authorizer, audit), null);
        } catch (IOException e) {
            FreeholdException failure = FreeholdException.invalid("deploy", "cannot be used: " + e.getMessage());
            StartupFailure.report(context, String.valueOf(failure.getMessage()));
            throw failure;
        } catch (FreeholdException e) {
            StartupFailure.report(context, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** Plugins come after everything else: their bundles have a start level above that of all others. */
    private static FrameworkListener onceStarted(BundleContext context, Runnable work) {
        FrameworkListener started = event -> {
            if (event.getType() == FrameworkEvent.STARTED) {
                work.run();
            }
        };
        context.addFrameworkListener(started);
        if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.ACTIVE) {
            work.run();
        }
        return started;
    }

    private void resume(Plugins plugins, Upkeep upkeep) {
        if (!resumed.compareAndSet(false, true)) {
            return;
        }
        upkeep.removeStrays();
        plugins.rows().values().stream()
                .filter(row -> row.source() == Source.UPLOADED)
                .forEach(row -> workers.execute(() -> upkeep.resume(row.id())));
        watch.start();
    }

    /** A plugin's bundle was started or stopped, by Freehold itself or by somebody else. */
    private void noticed(BundleEvent event, Upkeep upkeep) {
        String location = event.getBundle().getLocation();
        if (location.startsWith(PluginBundles.LOCATION)
                && (event.getType() & (BundleEvent.STARTED | BundleEvent.STOPPED | BundleEvent.UNINSTALLED)) != 0) {
            workers.execute(() -> {
                if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.ACTIVE) {
                    upkeep.look(location.substring(PluginBundles.LOCATION.length()));
                }
            });
        }
    }

    /** Threads that keep nothing from ending; what comes after the end is left out. */
    private static ExecutorService workers() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> {
                    Thread thread = new Thread(work, "plugins");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private static boolean signedOnly(Settings settings) {
        String policy = settings.text("deploy.policy").orElse("any");
        if (!policy.equals("any") && !policy.equals("signed")) {
            throw FreeholdException.invalid("deploy.policy", "must be any or signed, not '" + policy + "'");
        }
        return policy.equals("signed");
    }

    @Deactivate
    void stop() throws IOException {
        registration.unregister();
        watch.close();
        context.removeFrameworkListener(started);
        context.removeBundleListener(outside);
        workers.shutdown();
        try {
            // Whoever comes after must not meet somebody at work on the same bundles.
            if (!workers.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A plugin is still being started or stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
