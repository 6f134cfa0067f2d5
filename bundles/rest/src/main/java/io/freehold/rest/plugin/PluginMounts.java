package io.freehold.rest.plugin;

import io.freehold.api.plugin.BundleCheck;
import io.freehold.api.security.Authorizer;
import io.freehold.rest.http.Api;
import io.freehold.rest.http.Problems;
import io.freehold.rest.http.Route;
import io.freehold.rest.jersey.JerseyHandler;
import io.freehold.rest.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves what bundles offer as resources by the standard property {@code osgi.jakartars.resource}: each bundle's in
 * an application of its own at {@code /api/v1/plugins/{symbolic name}/}, so that nothing else is rebuilt when one
 * comes or goes. A bundle of which one resource cannot be served is not served at all.
 */
public final class PluginMounts
        implements Mounted, ServiceTrackerCustomizer<Object, Object>, BundleCheck, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginMounts.class);
    private static final String BASE = Api.BASE + "plugins/";
    private static final String RESOURCE = "osgi.jakartars.resource";
    private static final String EXTENSION = "osgi.jakartars.extension";
    private static final String DESCRIPTION = "OSGI-INF/freehold/openapi.json";
    private static final String OFFERED =
            "(|(" + RESOURCE + "=*)(" + EXTENSION + "=*)(osgi.jakartars.application.base=*))";

    private final Authorizer authorizer;
    private final Problems problems;
    private final ServiceTracker<Object, Object> tracker;
    private final BundleContext context;
    private final Map<Bundle, Mount> mounts = new ConcurrentHashMap<>();

    public PluginMounts(BundleContext context, Authorizer authorizer, Problems problems) {
        this.context = context;
        this.authorizer = authorizer;
        this.problems = problems;
        try {
            tracker = new ServiceTracker<>(context, context.createFilter(OFFERED), this);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(OFFERED, e);
        }
    }

    /** What one bundle offers, and the application that serves it; null while something is wrong with it. */
    private static final class Mount {
        private final Map<ServiceReference<?>, Object> offered = new LinkedHashMap<>();
        private List<String> complaints = List.of();
        private volatile @Nullable JerseyHandler application;
    }

    /** Begins to serve what is there and what comes. */
    public void open() {
        tracker.open();
    }

    @Override
    public Optional<Api.Resources> find(String path) {
        if (!path.startsWith(BASE)) {
            return Optional.empty();
        }
        int end = path.indexOf('/', BASE.length());
        if (end < 0 || end == path.length() - 1) {
            return Optional.empty();
        }
        if (ResourceCheck.RESERVED.contains(path.substring(end + 1))) {
            return Optional.empty();
        }
        String id = path.substring(BASE.length(), end);
        for (Map.Entry<Bundle, Mount> mount : mounts.entrySet()) {
            JerseyHandler application = mount.getValue().application;
            if (application != null && id.equals(mount.getKey().getSymbolicName())) {
                return Optional.of(application);
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        mounts.forEach((bundle, mount) -> {
            JerseyHandler application = mount.application;
            if (application != null) {
                application.routes().forEach(route -> routes.add(route.ofPlugin(bundle.getSymbolicName())));
            }
        });
        return routes;
    }

    @Override
    public Map<String, byte[]> descriptions() {
        Map<String, byte[]> descriptions = new TreeMap<>();
        mounts.forEach((bundle, mount) -> {
            try {
                URL description = mount.application == null ? null : bundle.getEntry(DESCRIPTION);
                if (description != null) {
                    try (InputStream in = description.openStream()) {
                        descriptions.put(bundle.getSymbolicName(), in.readAllBytes());
                    }
                }
            } catch (IOException | IllegalStateException e) {
                LOG.debug("The plugin {} is going away", bundle, e);
            }
        });
        return descriptions;
    }

    @Override
    public List<String> problems(Bundle bundle) {
        Mount mount = mounts.get(bundle);
        if (mount == null) {
            return List.of();
        }
        synchronized (mount) {
            return mount.complaints;
        }
    }

    @Override
    public @Nullable Object addingService(ServiceReference<Object> reference) {
        Object service = context.getService(reference);
        if (service != null) {
            change(reference.getBundle(), offered -> offered.put(reference, service));
        }
        return service;
    }

    @Override
    public void modifiedService(ServiceReference<Object> reference, Object service) {
        // What it is called does not change what it serves.
    }

    @Override
    public void removedService(ServiceReference<Object> reference, Object service) {
        change(reference.getBundle(), offered -> offered.remove(reference));
        context.ungetService(reference);
    }

    /** Something that happens to what a bundle offers. */
    private interface Change {
        void to(Map<ServiceReference<?>, Object> offered);
    }

    private void change(Bundle bundle, Change change) {
        AtomicReference<@Nullable JerseyHandler> replaced = new AtomicReference<>();
        mounts.compute(bundle, (any, known) -> {
            Mount mount = known == null ? new Mount() : known;
            synchronized (mount) {
                change.to(mount.offered);
                replaced.set(mount.application);
                mount.application = null;
                mount.complaints = complaints(mount);
                // What a stopping bundle still offers goes in a moment: it is not served anew each time.
                if (!mount.offered.isEmpty() && mount.complaints.isEmpty() && bundle.getState() != Bundle.STOPPING) {
                    mount.application = application(bundle, mount);
                }
                return mount.offered.isEmpty() ? null : mount;
            }
        });
        JerseyHandler before = replaced.get();
        if (before != null) {
            before.close();
        }
    }

    private static List<String> complaints(Mount mount) {
        List<String> complaints = new ArrayList<>();
        mount.offered.forEach((reference, resource) -> {
            if (reference.getProperty(RESOURCE) == null) {
                complaints.add("Its service " + resource.getClass().getSimpleName()
                        + " is a filter, an extension or an application; plugins bring resources alone.");
            } else {
                complaints.addAll(problems(resource.getClass()));
            }
        });
        return List.copyOf(complaints);
    }

    private static List<String> problems(Class<?> resource) {
        try {
            return ResourceCheck.problems(resource);
        } catch (LinkageError | TypeNotPresentException e) {
            return List.of("Its resource " + resource.getSimpleName() + " lacks a class: " + e.getMessage());
        }
    }

    private @Nullable JerseyHandler application(Bundle bundle, Mount mount) {
        String id = bundle.getSymbolicName();
        try {
            JerseyHandler application = new JerseyHandler(
                    BASE + id + "/",
                    Set.copyOf(mount.offered.values()),
                    new PluginPermissionFeature(id, authorizer),
                    Set.of(),
                    new Json(),
                    problems);
            LOG.info("Serving the plugin {} at {}{}/", id, BASE, id);
            return application;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The resources of the plugin {} cannot be served", id, e);
            mount.complaints = List.of("Its resources cannot be served: " + e.getMessage());
            return null;
        }
    }

    /** Serves nothing any more. */
    @Override
    public void close() {
        tracker.close();
    }
}
