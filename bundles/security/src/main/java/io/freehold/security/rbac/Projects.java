package io.freehold.security.rbac;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.Violation;
import io.freehold.api.audit.Outcome;
import io.freehold.api.project.NewProject;
import io.freehold.api.project.Project;
import io.freehold.api.project.ProjectService;
import io.freehold.api.project.Quotas;
import io.freehold.api.security.Access;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.support.Cursors;
import io.freehold.security.support.Names;
import io.freehold.security.support.Randoms;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Projects as the API offers them. Each change is one transaction with its audit entry. */
public final class Projects implements ProjectService {
    private static final int LONGEST_DESCRIPTION = 1000;
    /** Beyond this numbers are not exact any more in every client. */
    private static final long HIGHEST = 1L << 53;

    private final RoleBindings bindings;
    private final Places places;
    private final Transactions transactions;
    private final RoleAuthorizer authorizer;
    private final AuditTrail trail;
    private final Randoms randoms;
    private final Clock clock;

    Projects(Rbac.Needs needs, RoleBindings bindings, Places places) {
        this.bindings = bindings;
        this.places = places;
        this.transactions = needs.transactions();
        this.authorizer = needs.authorizer();
        this.trail = needs.trail();
        this.randoms = needs.randoms();
        this.clock = needs.clock();
    }

    @Override
    public Page<Project> list(Caller caller, PageRequest page) {
        Access access = authorizer.access(caller);
        List<Project> visible = transactions.read(ProjectTable::all).stream()
                .filter(project -> isVisible(access, project.id()))
                .toList();
        String after = Cursors.id(page.cursor());
        List<Project> found = visible.stream()
                .filter(project -> project.id().toString().compareTo(after) > 0)
                .limit(page.limit() + 1L)
                .toList();
        return Cursors.page(
                found, page.limit(), visible.size(), project -> project.id().toString());
    }

    @Override
    public Project get(Caller caller, UUID id) {
        if (!isVisible(authorizer.access(caller), id)) {
            throw FreeholdException.notFound("project");
        }
        return transactions.read(connection -> ProjectTable.get(connection, id));
    }

    @Override
    public Project create(Caller caller, NewProject request) {
        authorizer.require(caller, Permissions.PROJECT_CREATE, "projects");
        Project project = new Project(
                randoms.id(),
                Names.check(request.name()),
                checkDescription(request.description()),
                check(request.quotas()),
                Instant.ofEpochMilli(clock.millis()),
                1);
        return transactions.write(connection -> {
            trail.hold(connection);
            ProjectTable.insert(connection, project);
            trail.record(
                    connection, caller, "project.create", resource(project.id()), Outcome.SUCCESS, describe(project));
            return project;
        });
    }

    @Override
    public Project update(Caller caller, UUID id, NewProject request, long version) {
        require(caller, Permissions.PROJECT_UPDATE, id);
        Project old = transactions.read(connection -> ProjectTable.get(connection, id));
        Project project = new Project(
                id,
                Names.check(request.name()),
                checkDescription(request.description()),
                check(request.quotas()),
                old.createdAt(),
                version + 1);
        if (!project.quotas().equals(old.quotas())) {
            // They bind whoever owns the project, who therefore does not set them.
            authorizer.require(caller, Permissions.PROJECT_UPDATE, resource(id) + "/quotas");
        }
        return transactions.write(connection -> {
            trail.hold(connection);
            if (old.version() != version || ProjectTable.get(connection, id).version() != version) {
                throw new FreeholdException(ErrorCode.STALE, "The project has changed since. Read it again.");
            }
            ProjectTable.update(connection, project);
            trail.record(connection, caller, "project.update", resource(id), Outcome.SUCCESS, describe(project));
            return project;
        });
    }

    @Override
    public void delete(Caller caller, UUID id) {
        require(caller, Permissions.PROJECT_DELETE, id);
        transactions.write(connection -> {
            trail.hold(connection);
            Project project = ProjectTable.get(connection, id);
            if (places.isUsed(id)) {
                throw new FreeholdException(
                        ErrorCode.CONFLICT,
                        "PROJECT_NOT_EMPTY",
                        "Instances belong to this project. Delete them or give them to another project first.");
            }
            bindings.removeAt(connection, caller, Set.of(Scope.project(id)));
            places.removed(connection, caller, id);
            ProjectTable.delete(connection, id);
            trail.record(connection, caller, "project.delete", resource(id), Outcome.SUCCESS, project.name());
            return project;
        });
    }

    private void require(Caller caller, Permission permission, UUID id) {
        Scope scope = Scope.project(id);
        Access access = authorizer.access(caller);
        if (!access.allows(permission, List.of(scope))) {
            FreeholdException denied = authorizer.denied(caller, permission, resource(id));
            throw isVisible(access, id) ? denied : FreeholdException.notFound("project");
        }
    }

    /** Its members see it, and who may read projects. */
    private static boolean isVisible(Access access, UUID id) {
        Scope scope = Scope.project(id);
        return access.byScope().containsKey(scope) || access.allows(Permissions.PROJECT_READ, List.of(scope));
    }

    private static @Nullable String checkDescription(@Nullable String description) {
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            throw FreeholdException.invalid("description", "must be at most " + LONGEST_DESCRIPTION + " characters");
        }
        return description;
    }

    private static Quotas check(Quotas quotas) {
        List<Violation> violations = new ArrayList<>();
        check("quotas.instances", quotas.instances(), violations);
        check("quotas.memoryBytes", quotas.memoryBytes(), violations);
        check("quotas.diskBytes", quotas.diskBytes(), violations);
        check("quotas.ports", quotas.ports(), violations);
        check("quotas.backups", quotas.backups(), violations);
        Double cpus = quotas.cpus();
        if (cpus != null && !(cpus >= 0 && cpus <= HIGHEST)) {
            violations.add(new Violation("quotas.cpus", "must be 0 or more"));
        }
        if (!violations.isEmpty()) {
            throw FreeholdException.invalid(violations);
        }
        return quotas;
    }

    private static void check(String field, @Nullable Long quota, List<Violation> violations) {
        if (quota != null && (quota < 0 || quota > HIGHEST)) {
            violations.add(new Violation(field, "must be 0 or more"));
        }
    }

    private static String describe(Project project) {
        return project.name() + ": " + project.quotas();
    }

    private static String resource(UUID id) {
        return "projects/" + id;
    }
}
