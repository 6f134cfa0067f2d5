package io.freehold.security.rbac;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.security.AccessReview;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Group;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Role;
import io.freehold.api.security.RoleBinding;
import io.freehold.api.security.Scope;
import io.freehold.api.security.User;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.security.support.Cursors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The access review: one consistent reading of who holds what, and why. */
final class Review implements AccessReview {
    private static final Duration STALE_AFTER = Duration.ofDays(90);
    /** So long may somebody take from page to page. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    /** The principal that ends a page. */
    private static final Pattern CURSOR = Pattern.compile("[a-z]{1,10}:[0-9a-f-]{36}");

    private static final Comparator<Source> ORDER = Comparator.<Source, String>comparing(
                    source -> source.scope().path())
            .thenComparing(Source::roleName)
            .thenComparing(Source::bindingId);

    private final Transactions transactions;
    private final BuiltInRoles builtIn;
    private final Grants grants;
    private final RoleAuthorizer authorizer;
    private final Clock clock;
    private volatile @Nullable Reading last;

    /** What somebody is reading page by page. */
    private record Reading(Principal reader, Instant at, List<Entry> entries) {}

    private record Reviewed(User user, boolean secondFactor) {
        static Reviewed of(ResultSet row) throws SQLException {
            return new Reviewed(Accounts.user(row), row.getInt("second_factor") != 0);
        }
    }

    Review(Rbac.Needs needs) {
        this.transactions = needs.transactions();
        this.builtIn = needs.builtInRoles();
        this.grants = new Grants(builtIn);
        this.authorizer = needs.authorizer();
        this.clock = needs.clock();
    }

    @Override
    public Page<Entry> list(Caller caller, Query query) {
        authorizer.require(caller, Permissions.ACCESS_REVIEW, "access-review");
        String after = after(query.page().cursor());
        List<Entry> all = reading(caller.principal(), query.page().cursor() == null).stream()
                .filter(entry -> matches(entry, query))
                .toList();
        List<Entry> found = all.stream()
                .filter(entry -> entry.principal().toString().compareTo(after) > 0)
                .limit(query.page().limit() + 1L)
                .toList();
        if (found.size() <= query.page().limit()) {
            last = null;
        }
        return Cursors.page(found, query.page().limit(), all.size(), entry -> entry.principal()
                .toString());
    }

    /** Everybody, in order: read anew for the first page, and kept for the reader's next ones. */
    private List<Entry> reading(Principal reader, boolean first) {
        Instant now = clock.instant();
        Reading kept = last;
        if (first || kept == null || !kept.reader.equals(reader) || now.isAfter(kept.at.plus(KEPT))) {
            List<Entry> entries = transactions.read(this::read).stream()
                    .sorted(Comparator.comparing(entry -> entry.principal().toString()))
                    .toList();
            kept = new Reading(reader, now, entries);
            last = kept;
        }
        return kept.entries;
    }

    private static String after(@Nullable String cursor) {
        if (cursor != null && !CURSOR.matcher(cursor).matches()) {
            throw FreeholdException.invalid("cursor", "is not a cursor of this list");
        }
        return cursor == null ? "" : cursor;
    }

    private List<Entry> read(Connection connection) throws SQLException {
        Map<String, Role> roles = new HashMap<>();
        builtIn.all().forEach(role -> roles.put(role.id(), role));
        RoleTable.all(connection).forEach(role -> roles.put(role.id(), role));
        Map<Principal, List<RoleBinding>> bindings = new HashMap<>();
        for (RoleBinding binding : Bindings.all(connection)) {
            bindings.computeIfAbsent(binding.principal(), principal -> new ArrayList<>())
                    .add(binding);
        }
        Map<UUID, List<Group>> groupsOf = new HashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Group group : GroupTable.all(connection)) {
            Principal principal = Memberships.principal(group.id());
            group.members().forEach(user -> groupsOf.computeIfAbsent(user, id -> new ArrayList<>())
                    .add(group));
            List<Source> sources = new ArrayList<>();
            add(sources, bindings.get(principal), roles, null);
            entries.add(entry(principal, group.name(), true, group.createdAt(), null, false, false, sources, roles));
        }
        for (Reviewed reviewed : Sql.all(connection, "SELECT * FROM security_user", Reviewed::of)) {
            User user = reviewed.user();
            Principal principal = Accounts.principal(user.id());
            List<Source> sources = new ArrayList<>();
            add(sources, bindings.get(principal), roles, null);
            for (Group group : groupsOf.getOrDefault(user.id(), List.of())) {
                Principal through = Memberships.principal(group.id());
                add(sources, bindings.get(through), roles, through);
            }
            entries.add(entry(
                    principal,
                    user.username(),
                    user.enabled(),
                    user.createdAt(),
                    user.lastSeenAt(),
                    isStale(user),
                    reviewed.secondFactor(),
                    sources,
                    roles));
        }
        return entries;
    }

    private static void add(
            List<Source> sources,
            @Nullable List<RoleBinding> bindings,
            Map<String, Role> roles,
            @Nullable Principal group) {
        for (RoleBinding binding : bindings == null ? List.<RoleBinding>of() : bindings) {
            Role role = roles.get(binding.roleId());
            String name = role == null ? binding.roleId() : role.name();
            sources.add(new Source(binding.id(), binding.roleId(), name, binding.scope(), group));
        }
    }

    private Entry entry(
            Principal principal,
            String name,
            boolean enabled,
            Instant createdAt,
            @Nullable Instant lastSeenAt,
            boolean stale,
            boolean secondFactor,
            List<Source> sources,
            Map<String, Role> roles) {
        Map<Scope, Set<Permission>> permissions = new HashMap<>();
        for (Source source : sources) {
            Role role = roles.get(source.roleId());
            if (role != null) {
                permissions
                        .computeIfAbsent(source.scope(), scope -> new HashSet<>())
                        .addAll(grants.present(role.permissions()));
            }
        }
        sources.sort(ORDER);
        return new Entry(principal, name, enabled, createdAt, lastSeenAt, stale, secondFactor, permissions, sources);
    }

    private boolean isStale(User user) {
        Instant last = user.lastSeenAt() == null ? user.createdAt() : user.lastSeenAt();
        return user.enabled() && last.isBefore(clock.instant().minus(STALE_AFTER));
    }

    private static boolean matches(Entry entry, Query query) {
        if (query.principal() != null && !query.principal().equals(entry.principal())) {
            return false;
        }
        if (query.permission() == null && query.scope() == null) {
            return true;
        }
        return entry.permissions().entrySet().stream()
                .filter(held -> query.scope() == null
                        || held.getKey().equals(Scope.ROOT)
                        || held.getKey().equals(query.scope()))
                .anyMatch(held -> query.permission() == null || held.getValue().contains(query.permission()));
    }
}
