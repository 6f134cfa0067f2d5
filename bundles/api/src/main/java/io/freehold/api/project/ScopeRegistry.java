package io.freehold.api.project;

import io.freehold.api.security.Caller;
import io.freehold.api.security.Scope;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the owner of instances must know of projects, and must tell. It asks no permission, because it is called in
 * the course of what somebody was allowed to do.
 */
@ProviderType
public interface ScopeRegistry {

    /** The quotas of a project; empty if there is no such project. */
    Optional<Quotas> quotas(UUID projectId);

    /**
     * Whether there is a project, which then stays until the running {@code write} ends.
     *
     * @param projectId what something is about to belong to
     */
    boolean hold(UUID projectId);

    /**
     * Takes away the roles that are bound where there is nothing any more, as part of the running {@code write}.
     *
     * @param caller in whose course the things went away
     */
    void removed(Caller caller, Collection<Scope> scopes);
}
