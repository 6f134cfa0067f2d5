package io.freehold.rest.memory;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.Secret;
import io.freehold.api.security.ApiTokenService;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Scope;
import io.freehold.api.security.SessionService;
import io.freehold.api.security.TotpService;
import io.freehold.api.security.User;
import io.freehold.api.security.UserService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Users and their sessions in a map. */
public final class MemoryUsers implements UserService, SessionService, TotpService, ApiTokenService {
    private final Instant begun = Instant.now();
    private final MemorySecurity security;
    private final Map<UUID, User> users = new ConcurrentSkipListMap<>();
    private final Map<UUID, ApiToken> apiTokens = new ConcurrentSkipListMap<>();
    public final AtomicInteger created = new AtomicInteger();

    MemoryUsers(MemorySecurity security) {
        this.security = security;
    }

    @Override
    public Page<User> list(Caller caller, PageRequest page) {
        security.require(caller, Permissions.USER_READ, "users");
        List<User> all = List.copyOf(users.values());
        return new Page<>(all.subList(0, Math.min(page.limit(), all.size())), null, all.size());
    }

    @Override
    public User get(Caller caller, UUID id) {
        User user = users.get(id);
        if (user == null || !security.access(caller).allows(Permissions.USER_READ)) {
            throw FreeholdException.notFound("user");
        }
        return user;
    }

    @Override
    public User find(Caller caller, String username) {
        return users.values().stream()
                .filter(user -> user.username().equalsIgnoreCase(username))
                .findFirst()
                .orElseThrow(() -> FreeholdException.notFound("user"));
    }

    @Override
    public User create(Caller caller, String username, Secret password, @Nullable String email, Set<UUID> groups) {
        security.require(caller, Permissions.USER_CREATE, "users");
        if (users.values().stream().anyMatch(user -> user.username().equals(username))) {
            throw new FreeholdException(ErrorCode.CONFLICT, "NAME_TAKEN", "There is a user of that name.");
        }
        if (password.reveal().length() < 15) {
            throw FreeholdException.invalid("password", "must have at least 15 characters");
        }
        created.incrementAndGet();
        User user = new User(UUID.randomUUID(), username, email, true, false, Instant.now(), null, 1);
        users.put(user.id(), user);
        return user;
    }

    @Override
    public User update(Caller caller, UUID id, @Nullable String email, long version) {
        User user = get(caller, id);
        if (user.version() != version) {
            throw new FreeholdException(ErrorCode.STALE, "The user has changed since.");
        }
        return put(new User(
                id, user.username(), email, user.enabled(), false, user.createdAt(), user.lastSeenAt(), version + 1));
    }

    @Override
    public User setEnabled(Caller caller, UUID id, boolean enabled) {
        User user = get(caller, id);
        return put(new User(
                id, user.username(), user.email(), enabled, false, user.createdAt(), null, user.version() + 1));
    }

    private User put(User user) {
        users.put(user.id(), user);
        return user;
    }

    @Override
    public Secret resetPassword(Caller caller, UUID id) {
        get(caller, id);
        return Secret.of(UUID.randomUUID().toString());
    }

    @Override
    public void delete(Caller caller, UUID id) {
        get(caller, id);
        users.remove(id);
    }

    @Override
    public Tokens login(String username, Secret password, @Nullable Secret code, Origin origin) {
        if ("careful".equals(username) && code == null) {
            throw new FreeholdException(ErrorCode.UNAUTHENTICATED, "TOTP_REQUIRED", "Give the code, too.");
        }
        if ("slow".equals(username)) {
            throw FreeholdException.retryLater(
                    ErrorCode.RATE_LIMITED, "TOO_MANY_ATTEMPTS", "Too many attempts.", Duration.ofSeconds(42));
        }
        if (!password.reveal().equals("correct horse battery")) {
            throw new FreeholdException(ErrorCode.UNAUTHENTICATED, "Name or password is wrong.");
        }
        return tokens(username);
    }

    private static Tokens tokens(String username) {
        return new Tokens(
                Secret.of(Memory.ADMIN),
                Duration.ofMinutes(10),
                Secret.of("refresh"),
                new User(UUID.randomUUID(), username, null, true, false, Instant.now(), null, 1));
    }

    @Override
    public Tokens refresh(Secret refreshToken, Origin origin) {
        if (!refreshToken.reveal().equals("refresh")) {
            throw new FreeholdException(ErrorCode.CONFLICT, "REFRESH_RACED", "Another refresh won.");
        }
        return tokens("ada");
    }

    @Override
    public void logout(Caller caller) {
        if (caller.principal().type() != Principal.Type.USER) {
            throw FreeholdException.notFound("session");
        }
    }

    @Override
    public User me(Caller caller) {
        return new User(
                UUID.fromString(caller.principal().id()), caller.name(), null, true, false, Instant.now(), null, 1);
    }

    @Override
    public List<Session> sessions(Caller caller) {
        UUID id = caller.sessionId() == null ? UUID.randomUUID() : caller.sessionId();
        return List.of(new Session(id, caller.origin().source(), begun, begun, begun.plusSeconds(60), true));
    }

    @Override
    public void end(Caller caller, UUID sessionId) {
        if (!sessionId.equals(caller.sessionId())) {
            throw FreeholdException.notFound("session");
        }
    }

    @Override
    public void changePassword(Caller caller, Secret currentPassword, Secret newPassword) {
        if (!currentPassword.reveal().equals("correct horse battery")) {
            throw FreeholdException.invalid("currentPassword", "is wrong");
        }
    }

    @Override
    public Ticket ticket(Caller caller, String path) {
        if (!path.endsWith("/console")) {
            throw FreeholdException.invalid("path", "takes no ticket");
        }
        return new Ticket(Secret.of("ticket"), Instant.now().plusSeconds(30));
    }

    @Override
    public Page<User> legacy(Caller caller, PageRequest page) {
        return new Page<>(List.of(), null, 0);
    }

    @Override
    public List<User> importAll(Caller caller, List<ImportedUser> imported) {
        security.require(caller, Permissions.USER_CREATE, "users");
        return imported.stream()
                .map(each -> put(new User(
                        UUID.randomUUID(), each.username(), each.email(), true, false, Instant.now(), null, 1)))
                .toList();
    }

    @Override
    public User unlock(Caller caller, UUID id) {
        return get(caller, id);
    }

    @Override
    public List<Session> sessions(Caller caller, UUID userId) {
        get(caller, userId);
        return sessions(caller);
    }

    @Override
    public void end(Caller caller, UUID userId, UUID sessionId) {
        end(caller, sessionId);
    }

    @Override
    public void endAll(Caller caller, UUID userId) {
        get(caller, userId);
    }

    @Override
    public Status status(Caller caller) {
        return new Status(false, true, 0);
    }

    @Override
    public Enrolment enrol(Caller caller) {
        return new Enrolment(Secret.of("JBSWY3DPEHPK3PXP"), Secret.of("otpauth://totp/Freehold:ada?secret=x"));
    }

    @Override
    public List<Secret> confirm(Caller caller, Secret code) {
        if (!code.reveal().equals("123456")) {
            throw FreeholdException.invalid("code", "is not right");
        }
        return List.of(Secret.of("aaaa-bbbb-cccc-dddd"));
    }

    @Override
    public void remove(Caller caller, @Nullable Secret password, @Nullable Secret code) {
        if (password == null && code == null) {
            throw FreeholdException.invalid("password", "is required, or a code");
        }
    }

    @Override
    public void reset(Caller caller, UUID userId) {
        get(caller, userId);
    }

    @Override
    public NewToken create(
            Caller caller,
            String name,
            @Nullable Set<Permission> permissions,
            Scope scope,
            @Nullable Instant expiresAt) {
        ApiToken token = new ApiToken(
                UUID.randomUUID(),
                UUID.fromString(caller.principal().id()),
                name,
                permissions,
                scope,
                Instant.now(),
                expiresAt,
                null);
        apiTokens.put(token.id(), token);
        return new NewToken(token, Secret.of("fh_secret"));
    }

    @Override
    public Page<ApiToken> list(Caller caller, @Nullable UUID owner, PageRequest page) {
        List<ApiToken> wanted = apiTokens.values().stream()
                .filter(token -> owner == null || token.owner().equals(owner))
                .toList();
        return new Page<>(wanted, null, wanted.size());
    }

    @Override
    public ApiToken apiToken(Caller caller, UUID id) {
        ApiToken token = apiTokens.get(id);
        if (token == null) {
            throw FreeholdException.notFound("API token");
        }
        return token;
    }

    @Override
    public void revoke(Caller caller, UUID id) {
        apiTokens.remove(apiToken(caller, id).id());
    }
}
