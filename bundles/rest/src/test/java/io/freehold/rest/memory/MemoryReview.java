package io.freehold.rest.memory;

import io.freehold.api.Page;
import io.freehold.api.security.AccessReview;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Role;
import io.freehold.api.security.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A review of one user, who holds a role through a group. */
public final class MemoryReview implements AccessReview {
    private final MemorySecurity security;
    public volatile @Nullable Query lastQuery;

    MemoryReview(MemorySecurity security) {
        this.security = security;
    }

    @Override
    public Page<Entry> list(Caller caller, Query query) {
        security.require(caller, Permissions.ACCESS_REVIEW, "access-review");
        lastQuery = query;
        Entry entry = new Entry(
                new Principal(Principal.Type.USER, new UUID(0, 1).toString()),
                "grace",
                true,
                Instant.parse("2026-01-31T12:00:00Z"),
                null,
                true,
                false,
                Map.of(Scope.ROOT, Set.of(Permissions.INSTANCE_READ)),
                List.of(new Source(
                        new UUID(0, 2),
                        Role.READONLY,
                        Role.READONLY,
                        Scope.ROOT,
                        new Principal(Principal.Type.GROUP, new UUID(0, 3).toString()))));
        return new Page<>(List.of(entry), null, 1);
    }
}
