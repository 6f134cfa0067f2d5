package io.freehold.rest.plugin;

import io.freehold.api.plugin.BundleCheck;
import io.freehold.api.security.Authorizer;
import io.freehold.rest.http.Api;
import io.freehold.rest.http.Problems;
import io.freehold.rest.http.Route;
import io.freehold.rest.idempotency.IdempotencyFilter;
import io.freehold.rest.idempotency.Replays;
import io.freehold.rest.jersey.JerseyHandler;
import io.freehold.rest.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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
    private final Replays replays;
    private final Problems problems;
    private final ServiceTracker<Object, Object> tracker;
    private final BundleContext context;
    private final Map<Bundle, Mount> mounts = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    /**
     * @param replays what was answered to requests with keys
     */
    public PluginMounts(BundleContext context, Authorizer authorizer, Replays replays, Problems problems) {
        this.context = context;
        this.authorizer = authorizer;
        this.replays = replays;
        this.problems = problems;
        try {
            tracker = new ServiceTracker<>(context, context.createFilter(OFFERED), this);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(OFFERED, e);
        }
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
        if (end < 0 || ResourceCheck.isReserved(path.substring(end + 1))) {
            return Optional.empty();
        }
        String id = path.substring(BASE.length(), end);
        for (Mount mount : mounts.values()) {
            if (id.equals(mount.bundle().getSymbolicName())) {
                JerseyHandler application = mount.made().application();
                if (application != null) {
                    return Optional.of(application);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public long changes() {
        return changes.get();
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        mounts.forEach((bundle, mount) -> {
            JerseyHandler application = mount.made().application();
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
                URL description = mount.made().application() == null ? null : bundle.getEntry(DESCRIPTION);
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
        return mount == null ? List.of() : mount.made().complaints();
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

    private void change(Bundle bundle, Consumer<Map<ServiceReference<?>, Object>> change) {
        AtomicReference<@Nullable JerseyHandler> replaced = new AtomicReference<>();
        mounts.compute(bundle, (any, known) -> {
            Mount mount = known == null ? new Mount(bundle, this::make) : known;
            replaced.set(mount.change(change));
            return mount.isEmpty() ? null : mount;
        });
        changes.incrementAndGet();
        JerseyHandler before = replaced.get();
        if (before != null) {
            before.close();
        }
    }

    private Mount.Made make(Bundle bundle, Map<ServiceReference<?>, Object> offered) {
        String id = bundle.getSymbolicName();
        List<String> complaints = complaints(offered);
        if (!complaints.isEmpty()) {
            return new Mount.Made(null, complaints);
        }
        try {
            JerseyHandler application = new JerseyHandler(
                    BASE + id + "/",
                    Set.copyOf(offered.values()),
                    new PluginPermissionFeature(id, authorizer),
                    Set.of(IdempotencyFilter.forPlugin(replays)),
                    new Json(),
                    problems);
            LOG.info("Serving the plugin {} at {}{}/", id, BASE, id);
            return new Mount.Made(application, List.of());
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The resources of the plugin {} cannot be served", id, e);
            return new Mount.Made(null, List.of("Its resources cannot be served: " + e.getMessage()));
        }
    }

    private List<String> complaints(Map<ServiceReference<?>, Object> offered) {
        List<String> complaints = new ArrayList<>();
        offered.forEach((reference, resource) -> {
            if (reference.getProperty(RESOURCE) == null) {
                complaints.add("Its service " + resource.getClass().getSimpleName()
                        + " is a filter, an extension or an application; plugins bring resources alone.");
            } else {
                complaints.addAll(problems(resource.getClass()));
            }
        });
        return List.copyOf(complaints);
    }

    private List<String> problems(Class<?> resource) {
        try {
            return ResourceCheck.problems(resource, DeclaredNames.among(context));
        } catch (LinkageError | TypeNotPresentException e) {
            return List.of("Its resource " + resource.getSimpleName() + " lacks a class: " + e.getMessage());
        }
    }

    /** Serves nothing any more. */
    @Override
    public void close() {
        tracker.close();
    }
}
