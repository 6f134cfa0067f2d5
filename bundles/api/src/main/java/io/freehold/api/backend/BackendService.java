package io.freehold.api.backend;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.provider.ProviderInfo;
import io.freehold.api.security.Caller;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Manages backends on behalf of a caller. Creating, updating and testing one connects to it before
 * answering, for at most 15 seconds. What a caller may not see is {@code NOT_FOUND}.
 */
@ProviderType
public interface BackendService {

    /** The providers that are installed and can open backends now, with their versions. */
    List<InstalledProvider> providers(Caller caller);

    /**
     * A provider that can be used.
     *
     * @param version the version of its bundle
     */
    record InstalledProvider(ProviderInfo info, String version) {}

    Page<RegisteredBackend> list(Caller caller, PageRequest page);

    /**
     * @throws FreeholdException {@code NOT_FOUND}
     */
    RegisteredBackend get(Caller caller, UUID id);

    /**
     * Connects a backend and keeps it.
     *
     * @throws FreeholdException {@code INVALID} naming {@code provider}, {@code name} or {@code config.…},
     *     also if the connection fails; {@code CONFLICT} if the name is taken; {@code DENIED}
     */
    RegisteredBackend create(Caller caller, NewBackend request);

    /**
     * Changes a backend's name and configuration; it is connected anew.
     *
     * @param version {@link RegisteredBackend#version()} that the change is based on
     * @throws FreeholdException as {@link #create}; {@code STALE} if it has changed since
     */
    RegisteredBackend update(Caller caller, UUID id, NewBackend request, long version);

    /**
     * Forgets a backend and its instances; nothing changes on the backend itself.
     *
     * @throws FreeholdException {@code NOT_FOUND}; {@code DENIED}; {@code CONFLICT} while operations run on it
     */
    void delete(Caller caller, UUID id);

    /**
     * Connects to a backend as it is configured and says how that went.
     *
     * @throws FreeholdException {@code NOT_FOUND}; {@code DENIED}
     */
    ConnectionTest test(Caller caller, UUID id);

    /**
     * How a connection went.
     *
     * @param message what was found, or what is wrong and what to do
     * @param durationMillis how long it took, in milliseconds
     */
    record ConnectionTest(boolean ok, String message, long durationMillis) {}
}
