package io.freehold.api.project;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.security.Caller;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Manages projects on behalf of a caller. A project is seen by its members, which is whoever holds anything at its
 * scope, and by who may read projects; for everybody else it is {@code NOT_FOUND}.
 */
@ProviderType
public interface ProjectService {

    /** The projects that the caller may see. */
    Page<Project> list(Caller caller, PageRequest page);

    /**
     * @throws FreeholdException {@code NOT_FOUND}
     */
    Project get(Caller caller, UUID id);

    /**
     * Creates a project without members.
     *
     * @throws FreeholdException {@code INVALID} naming {@code name}, {@code description} or one of the
     *     {@code quotas}; {@code CONFLICT} if the name is taken; {@code DENIED}
     */
    Project create(Caller caller, NewProject request);

    /**
     * Changes a project. Its quotas are changed by who may update projects everywhere alone: they bind those who may
     * update this one. What is there already stays, also beyond a quota that is lowered.
     *
     * @param version {@link Project#version()} that the change is based on
     * @throws FreeholdException as {@link #create}; {@code STALE} if the project has changed since
     */
    Project update(Caller caller, UUID id, NewProject request, long version);

    /**
     * Deletes a project with the role bindings at its scope.
     *
     * @throws FreeholdException {@code CONFLICT} if instances belong to it, or one is being created in it
     */
    void delete(Caller caller, UUID id);
}
