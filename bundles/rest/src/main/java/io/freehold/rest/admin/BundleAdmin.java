package io.freehold.rest.admin;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.rest.admin.AdminViews.BundleView;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** Lists, starts and stops bundles. What the admin socket itself stands on is never stopped. */
final class BundleAdmin {
    private final BundleContext context;

    BundleAdmin(BundleContext context) {
        this.context = context;
    }

    List<BundleView> list() {
        return Arrays.stream(context.getBundles()).map(BundleAdmin::view).toList();
    }

    /**
     * The bundle of that id, symbolic name, or last part of a symbolic name.
     *
     * @throws FreeholdException {@code NOT_FOUND}; {@code CONFLICT} if several have that last part
     */
    Bundle find(String idOrName) {
        if (idOrName.matches("\\d{1,9}")) {
            Bundle bundle = context.getBundle(Long.parseLong(idOrName));
            if (bundle != null) {
                return bundle;
            }
            throw FreeholdException.notFound("bundle");
        }
        List<Bundle> exact = matching(idOrName);
        List<Bundle> found = exact.isEmpty() ? matching("io.freehold." + idOrName) : exact;
        if (found.isEmpty()) {
            found = Arrays.stream(context.getBundles())
                    .filter(bundle -> String.valueOf(bundle.getSymbolicName()).endsWith("." + idOrName))
                    .toList();
        }
        if (found.isEmpty()) {
            throw FreeholdException.notFound("bundle");
        }
        if (found.size() > 1) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT, "AMBIGUOUS", "Several bundles are called that; use the id.");
        }
        return found.get(0);
    }

    private List<Bundle> matching(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .toList();
    }

    /** Starts a bundle; one that runs is fine. */
    BundleView start(Bundle bundle) {
        if (isFragment(bundle)) {
            throw new FreeholdException(ErrorCode.CONFLICT, "This bundle is a part of another and is not started.");
        }
        try {
            bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException | IllegalStateException e) {
            throw failed("started", bundle, e);
        }
        return view(bundle);
    }

    /**
     * @throws FreeholdException {@code CONFLICT} if this very call stands on the bundle
     */
    void checkStoppable(Bundle bundle) {
        if (isFragment(bundle) || foundation().contains(bundle)) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT, "NEEDED", "The admin socket itself needs this bundle; stop Freehold instead.");
        }
    }

    /** Stops a bundle until it is started again or Freehold is; one that does not run is fine. */
    BundleView stop(Bundle bundle) {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException | IllegalStateException e) {
            throw failed("stopped", bundle, e);
        }
        return view(bundle);
    }

    private static FreeholdException failed(String verb, Bundle bundle, Exception cause) {
        return new FreeholdException(
                ErrorCode.CONFLICT,
                "Bundle " + bundle.getSymbolicName() + " could not be " + verb + "; the log of Freehold says why.",
                cause);
    }

    /** The framework, this bundle, and everything that it is wired to. */
    private Set<Bundle> foundation() {
        Set<Bundle> needed = new HashSet<>();
        Deque<Bundle> open = new ArrayDeque<>();
        needed.add(context.getBundle(Constants.SYSTEM_BUNDLE_ID));
        open.add(context.getBundle());
        while (!open.isEmpty()) {
            Bundle bundle = open.remove();
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            if (needed.add(bundle) && wiring != null) {
                for (BundleWire wire : wiring.getRequiredWires(null)) {
                    open.add(wire.getProvider().getBundle());
                }
            }
        }
        return needed;
    }

    static boolean isFragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    static BundleView view(Bundle bundle) {
        return new BundleView(
                bundle.getBundleId(),
                String.valueOf(bundle.getSymbolicName()),
                bundle.getVersion().toString(),
                state(bundle.getState()));
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.UNINSTALLED -> "UNINSTALLED";
            case Bundle.INSTALLED -> "INSTALLED";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.STARTING -> "STARTING";
            case Bundle.STOPPING -> "STOPPING";
            case Bundle.ACTIVE -> "ACTIVE";
            default -> Integer.toString(state).toUpperCase(Locale.ROOT);
        };
    }
}
