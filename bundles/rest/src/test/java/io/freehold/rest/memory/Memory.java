package io.freehold.rest.memory;

import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.rest.idempotency.Replays;
import io.freehold.rest.json.Json;
import io.freehold.rest.resource.Services;
import java.time.Clock;
import java.util.Set;

/** All services together, with an administrator and somebody who may do nothing. */
public final class Memory {
    public static final String ADMIN = "admin-token";
    public static final String NOBODY = "nobody-token";

    public final MemorySecurity security = new MemorySecurity();
    public final MemoryUsers users = new MemoryUsers(security);
    public final MemoryRoles roles = new MemoryRoles(security);
    public final MemoryGroups groups = new MemoryGroups(security);
    public final MemoryProjects projects = new MemoryProjects(security);
    public final MemoryReview review = new MemoryReview(security);
    public final MemoryAudit audit = new MemoryAudit(security);
    public final MemoryEvents events = new MemoryEvents();
    public final MemoryBackends backends = new MemoryBackends(security);
    public final MemoryOperations operations = new MemoryOperations(events);
    public final MemoryInstances instances = new MemoryInstances(security, operations);
    public final MemoryStreams streams = new MemoryStreams(instances, security);
    public final MemoryPolicies policies = new MemoryPolicies(security);
    public final MemoryPlugins plugins = new MemoryPlugins(security);
    public final MemoryAlerts alerts = new MemoryAlerts(security);
    public final SqliteTransactions transactions = new SqliteTransactions();

    public Memory() {
        security.grant(ADMIN, "ada", Set.copyOf(Permissions.ALL));
        security.grant(NOBODY, "nora", Set.<Permission>of());
    }

    public Replays replays() {
        return new Replays(transactions, security, new Json(), Clock.systemUTC());
    }

    public Services services() {
        return new Services(
                security,
                security,
                users,
                security,
                users,
                roles,
                users,
                users,
                groups,
                projects,
                review,
                security,
                audit,
                backends,
                instances,
                streams,
                operations,
                policies,
                events,
                plugins,
                alerts,
                transactions);
    }
}
