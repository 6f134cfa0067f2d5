package io.freehold.rest.plugin;

import io.freehold.rest.jersey.JerseyHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * What one bundle offers, and the application that serves it, which is made when somebody first asks for it after a
 * change. Whoever changes what is offered, in the midst of the bundle's start, never waits for one that is being made.
 */
final class Mount {
    private final Bundle bundle;
    private final Maker maker;
    private final Object making = new Object();
    /** Guards what follows; held for a moment only. */
    private final Object lock = new Object();

    private final Map<ServiceReference<?>, Object> offered = new LinkedHashMap<>();
    private long changes;
    private volatile @Nullable Made made;

    /**
     * What came of it.
     *
     * @param application null if something is wrong
     * @param complaints what is wrong
     */
    record Made(@Nullable JerseyHandler application, List<String> complaints) {
        static final Made NOTHING = new Made(null, List.of());
    }

    /** Makes an application of what is offered. */
    interface Maker {
        Made make(Bundle bundle, Map<ServiceReference<?>, Object> offered);
    }

    Mount(Bundle bundle, Maker maker) {
        this.bundle = bundle;
        this.maker = maker;
    }

    Bundle bundle() {
        return bundle;
    }

    /**
     * Changes what is offered.
     *
     * @return the application that served it until now, which the caller closes
     */
    @Nullable
    JerseyHandler change(Consumer<Map<ServiceReference<?>, Object>> change) {
        synchronized (lock) {
            change.accept(offered);
            changes++;
            Made before = made;
            made = null;
            return before == null ? null : before.application();
        }
    }

    boolean isEmpty() {
        synchronized (lock) {
            return offered.isEmpty();
        }
    }

    /** The application of what is offered now, which may be made first. */
    Made made() {
        Made ready = made;
        if (ready != null) {
            return ready;
        }
        synchronized (making) {
            while (true) {
                Map<ServiceReference<?>, Object> present;
                long seen;
                synchronized (lock) {
                    if (made != null) {
                        return made;
                    }
                    present = new LinkedHashMap<>(offered);
                    seen = changes;
                }
                // What a stopping bundle still offers goes in a moment: it is not served anew each time.
                if (present.isEmpty() || bundle.getState() == Bundle.STOPPING) {
                    return Made.NOTHING;
                }
                Made next = maker.make(bundle, present);
                if (take(next, seen)) {
                    return next;
                }
            }
        }
    }

    private boolean take(Made next, long seen) {
        synchronized (lock) {
            if (changes == seen) {
                made = next;
                return true;
            }
        }
        if (next.application() != null) {
            next.application().close();
        }
        return false;
    }
}
