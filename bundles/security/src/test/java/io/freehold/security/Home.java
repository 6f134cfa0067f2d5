package io.freehold.security;

import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.Secret;
import io.freehold.api.Settings;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditListener;
import io.freehold.api.audit.AuditQuery;
import io.freehold.api.project.NewProject;
import io.freehold.api.project.Quotas;
import io.freehold.api.project.ScopeOwner;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Credential;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Scope;
import io.freehold.api.security.SessionService.Tokens;
import io.freehold.api.security.User;
import io.freehold.security.rbac.DeclaredPermission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An installation in a folder of its own: the bundle's services, put together as they are in the product. */
final class Home implements AutoCloseable {
    static final Origin HERE = new Origin("192.0.2.1", "request-1");
    static final Origin ELSEWHERE = new Origin("198.51.100.7", "request-2");
    static final Secret PASSWORD = Secret.of("violet-tractor-hums-9");

    final Path data;
    final TestClock clock = new TestClock();
    final List<AuditListener> listeners = new CopyOnWriteArrayList<>();
    final FakeOwner things = new FakeOwner();
    final List<ScopeOwner> owners = new CopyOnWriteArrayList<>(List.of(things));
    final TestDatabase database;
    /** Take effect with the next start. */
    final Map<String, String> settings = new HashMap<>();

    private Security security;

    Home(Path folder, @Nullable String postgres) throws IOException, SQLException {
        data = Files.createDirectory(
                folder.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        database =
                postgres == null ? TestDatabase.sqlite(data.resolve("freehold.db")) : TestDatabase.postgres(postgres);
        security = open();
    }

    private Security open() {
        return Security.open(database, Settings.of(this::setting), clock, clock::nanoTime, listeners, owners);
    }

    private @Nullable String setting(String name) {
        return name.equals("freehold.data") ? data.toString() : settings.get(name);
    }

    Security security() {
        return security;
    }

    /** Everything that is only in memory is gone after this. */
    void restart() {
        security = open();
    }

    Secret setupToken() {
        try {
            return Secret.of(Files.readString(data.resolve("setup-token")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Completes setup and signs the first administrator in. */
    Caller admin() {
        security.setup().complete(setupToken(), "admin", PASSWORD, null, HERE);
        return signIn("admin");
    }

    /** Makes a user and, if a role is given, binds it everywhere. */
    User user(String name, @Nullable String role) {
        User user = security.users().create(owner(), name, PASSWORD, null);
        if (role != null) {
            security.roles().bind(owner(), principal(user), role, Scope.ROOT);
        }
        return user;
    }

    /** Makes a project. */
    Scope project(String name) {
        NewProject wanted = new NewProject(name, null, Quotas.UNLIMITED);
        return Scope.project(security.rbac().projects().create(owner(), wanted).id());
    }

    /** As if plugins that declare permissions had come, and all others gone. */
    void declare(Permission... permissions) {
        security.builtInRoles()
                .declare(Stream.of(permissions)
                        .map(permission -> new DeclaredPermission(permission, Set.of()))
                        .toList());
        security.accounts().load();
    }

    Caller owner() {
        return security.authenticator().owner(new Origin("local", "request-0"));
    }

    Tokens tokens(String name) {
        return security.sessions().login(name, PASSWORD, HERE);
    }

    Caller signIn(String name) {
        return caller(tokens(name));
    }

    Caller caller(Tokens tokens) {
        return caller(tokens.accessToken());
    }

    Caller caller(Secret accessToken) {
        return security.authenticator().authenticate(new Credential.Bearer(accessToken), HERE);
    }

    static Principal principal(User user) {
        return Principal.parse("user:" + user.id());
    }

    /** The entries of an action, newest first; null means every action. */
    List<AuditEntry> audit(@Nullable String action) {
        Page<AuditEntry> page = security.auditLog()
                .list(owner(), new AuditQuery(null, action, null, null, null, null, new PageRequest(1000, null)));
        return page.items();
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
