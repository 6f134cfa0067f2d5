package io.freehold.rest.memory;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.project.NewProject;
import io.freehold.api.project.Project;
import io.freehold.api.project.ProjectService;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/** Projects in a map. */
public final class MemoryProjects implements ProjectService {
    private final MemorySecurity security;
    private final Map<UUID, Project> projects = new ConcurrentSkipListMap<>();

    MemoryProjects(MemorySecurity security) {
        this.security = security;
    }

    @Override
    public Page<Project> list(Caller caller, PageRequest page) {
        List<Project> all =
                security.access(caller).allows(Permissions.PROJECT_READ) ? List.copyOf(projects.values()) : List.of();
        return new Page<>(all, null, all.size());
    }

    @Override
    public Project get(Caller caller, UUID id) {
        Project project = projects.get(id);
        if (project == null || !security.access(caller).allows(Permissions.PROJECT_READ)) {
            throw FreeholdException.notFound("project");
        }
        return project;
    }

    @Override
    public Project create(Caller caller, NewProject request) {
        return put(new Project(
                UUID.randomUUID(), request.name(), request.description(), request.quotas(), Instant.now(), 1));
    }

    @Override
    public Project update(Caller caller, UUID id, NewProject request, long version) {
        Project old = get(caller, id);
        if (old.version() != version) {
            throw new FreeholdException(ErrorCode.STALE, "The project has changed since.");
        }
        return put(
                new Project(id, request.name(), request.description(), request.quotas(), old.createdAt(), version + 1));
    }

    @Override
    public void delete(Caller caller, UUID id) {
        projects.remove(get(caller, id).id());
    }

    private Project put(Project project) {
        projects.put(project.id(), project);
        return project;
    }
}
