package io.freehold.launcher;

import io.freehold.launcher.Feature.BundleId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * The bundles of the chosen features in the framework's cache. They are installed by reference, so their jars
 * stay where the distribution has them; as long as no jar changes, the next start finds everything installed.
 */
final class Bundles {
    private static final String LOCATION = "reference:";

    private final Path system;
    private final List<BundleId> wanted;
    private final Path list;
    private final String fingerprint;

    /**
     * @param system the distribution's folder of jars
     * @param cache where the list of what is installed is kept
     */
    Bundles(Path system, List<BundleId> wanted, Path cache) {
        this.system = system;
        this.wanted = wanted;
        this.list = cache.resolve("bundles.list");
        this.fingerprint = wanted.stream().map(this::describe).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Whether the cache holds exactly these jars, as they are now. */
    boolean installed() {
        try {
            return fingerprint.equals(Files.readString(list));
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new LauncherException(ExitStatus.FAILED, "cannot read " + list + ": " + Failures.reason(e), e);
        }
    }

    /** Says that the cache is not to be trusted until {@link #install} has ended. */
    void forget() throws IOException {
        Files.deleteIfExists(list);
    }

    /** Installs every bundle into an empty framework and marks it to be started at its level. */
    void install(BundleContext context) throws BundleException, IOException {
        for (BundleId id : wanted) {
            Path jar = system.resolve(id.path());
            Bundle bundle = context.installBundle(LOCATION + jar.toUri());
            bundle.adapt(BundleStartLevel.class).setStartLevel(id.startLevel());
        }
        for (Bundle bundle : bundles(context)) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
        Files.writeString(list, fingerprint);
    }

    /** Marks those to be started that someone has stopped: a restart is the cure for everything. */
    void startAll(BundleContext context) throws BundleException {
        for (Bundle bundle : bundles(context)) {
            if (!bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        }
    }

    private static List<Bundle> bundles(BundleContext context) {
        List<Bundle> bundles = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
            // Others than those of the distribution are plugins, which are not the launcher's to start.
            if (bundle.getLocation().startsWith(LOCATION) && !fragment) {
                bundles.add(bundle);
            }
        }
        return bundles;
    }

    private String describe(BundleId id) {
        Path jar = system.resolve(id.path());
        try {
            return jar.toUri() + " " + Files.size(jar) + " "
                    + Files.getLastModifiedTime(jar).toMillis();
        } catch (IOException e) {
            throw new LauncherException(ExitStatus.FAILED, "this installation is incomplete: " + Failures.reason(e), e);
        }
    }
}
