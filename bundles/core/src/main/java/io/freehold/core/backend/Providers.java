package io.freehold.core.backend;

import io.freehold.api.FreeholdException;
import io.freehold.api.backend.BackendService.InstalledProvider;
import io.freehold.api.provider.Provider;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The providers that are there now, by id. Of two with one id the first counts. Thread-safe. */
public final class Providers {
    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);

    private final Map<String, Installed> installed = new ConcurrentHashMap<>();

    /** A provider and what it says of itself, asked once: it always says the same. */
    record Installed(Provider provider, InstalledProvider description) {}

    /** Adds a provider; false if there is one with this id already. */
    boolean add(Provider provider, String version) {
        InstalledProvider description = new InstalledProvider(provider.info(), version);
        String id = description.info().id();
        boolean added = installed.putIfAbsent(id, new Installed(provider, description)) == null;
        if (!added) {
            LOG.warn("Another provider '{}' is not used; stop one of the two bundles", id);
        }
        return added;
    }

    /** Takes a provider away and says which id is now without one. */
    Optional<String> remove(Provider provider) {
        Optional<Map.Entry<String, Installed>> found = installed.entrySet().stream()
                .filter(entry -> entry.getValue().provider().equals(provider))
                .findFirst();
        return found.filter(entry -> installed.remove(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey);
    }

    Optional<Installed> find(String id) {
        return Optional.ofNullable(installed.get(id));
    }

    /**
     * The provider that a request names.
     *
     * @throws FreeholdException {@code INVALID} naming {@code provider}
     */
    Installed require(String id) {
        return find(id).orElseThrow(() -> FreeholdException.invalid(
                "provider",
                "'" + id + "' is not installed; there "
                        + (installed.isEmpty() ? "is none" : "is " + String.join(", ", installed.keySet()))));
    }

    List<InstalledProvider> all() {
        return installed.values().stream()
                .map(Installed::description)
                .sorted(Comparator.comparing(provider -> provider.info().id()))
                .toList();
    }
}
