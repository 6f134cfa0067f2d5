package io.freehold.rest.memory;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Access;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Credential;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Scope;
import io.freehold.api.security.Secrets;
import io.freehold.api.security.SetupService;
import io.freehold.api.security.User;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Tokens and permissions in maps. */
public final class MemorySecurity implements Authenticator, Authorizer, Secrets, SetupService {
    private final Map<String, Caller> tokens = new ConcurrentHashMap<>();
    private final Map<String, String> tickets = new ConcurrentHashMap<>();
    private final Map<Principal, Set<Permission>> permissions = new ConcurrentHashMap<>();
    private final Set<UUID> ended = ConcurrentHashMap.newKeySet();
    /** Who must do something before anything else. */
    public final Set<Principal> owing = ConcurrentHashMap.newKeySet();

    private final AtomicLong revision = new AtomicLong();
    /** What was refused, as {@code permission resource}. */
    public final List<String> denials = new CopyOnWriteArrayList<>();

    public volatile boolean setupRequired = true;
    public volatile @Nullable Origin lastOrigin;

    public Caller grant(String token, String name, Set<Permission> held) {
        Caller caller = new Caller(
                new Principal(Principal.Type.USER, UUID.randomUUID().toString()),
                name,
                UUID.randomUUID(),
                new Origin("test", "test"));
        tokens.put(token, caller);
        permissions.put(caller.principal(), held);
        return caller;
    }

    public Caller caller(String token) {
        Caller caller = tokens.get(token);
        if (caller == null) {
            throw new AssertionError(token);
        }
        return caller;
    }

    public void change(String token, Set<Permission> held) {
        permissions.put(caller(token).principal(), held);
        revision.incrementAndGet();
    }

    public void endSession(String token) {
        UUID session = caller(token).sessionId();
        if (session != null) {
            ended.add(session);
        }
    }

    public String ticket(String token, String path) {
        String ticket = UUID.randomUUID().toString();
        tickets.put(ticket, token + " " + path);
        return ticket;
    }

    @Override
    public Caller authenticate(Credential credential, Origin origin) {
        lastOrigin = origin;
        String token;
        if (credential instanceof Credential.Bearer bearer) {
            token = bearer.token().reveal();
        } else if (credential instanceof Credential.Ticket ticket) {
            String known = tickets.remove(ticket.ticket().reveal());
            if (known == null || !known.endsWith(" " + ticket.path())) {
                throw refused();
            }
            token = known.substring(0, known.indexOf(' '));
        } else {
            throw refused();
        }
        Caller caller = tokens.get(token);
        if (caller == null || !isCurrent(caller)) {
            throw refused();
        }
        return new Caller(caller.principal(), caller.name(), caller.sessionId(), origin);
    }

    private static FreeholdException refused() {
        return new FreeholdException(ErrorCode.UNAUTHENTICATED, "The credential is not good.");
    }

    @Override
    public boolean isCurrent(Caller caller) {
        return caller.sessionId() == null || !ended.contains(caller.sessionId());
    }

    @Override
    public void requireReady(Caller caller) {
        if (owing.contains(caller.principal())) {
            throw new FreeholdException(ErrorCode.DENIED, "PASSWORD_CHANGE_REQUIRED", "Choose a new password.");
        }
    }

    @Override
    public Secret csrfToken(Caller caller) {
        return Secret.of("csrf-of-" + caller.sessionId());
    }

    @Override
    public Caller owner(Origin origin) {
        permissions.put(Principal.OWNER, Set.copyOf(Permissions.ALL));
        return new Caller(Principal.OWNER, "owner", null, origin);
    }

    @Override
    public Access access(Caller caller) {
        Set<Permission> held = permissions.getOrDefault(caller.principal(), Set.of());
        long now = revision.get();
        return new Access() {
            @Override
            public boolean allows(Permission permission) {
                return held.contains(permission);
            }

            @Override
            public boolean allows(Permission permission, List<Scope> scopes) {
                return held.contains(permission);
            }

            @Override
            public boolean allowsSomewhere(Permission permission) {
                return held.contains(permission);
            }

            @Override
            public Set<Permission> permissions() {
                return held;
            }

            @Override
            public Map<Scope, Set<Permission>> byScope() {
                return held.isEmpty() ? Map.of() : Map.of(Scope.ROOT, held);
            }

            @Override
            public long revision() {
                return now;
            }
        };
    }

    @Override
    public void require(Caller caller, Permission permission, String resource) {
        if (!access(caller).allows(permission)) {
            denials.add(permission + " " + resource);
            throw new FreeholdException(ErrorCode.DENIED, "This takes the permission " + permission + ".");
        }
    }

    @Override
    public void require(
            Caller caller, Permission permission, Permission toSee, List<Scope> scopes, String what, String resource) {
        if (!access(caller).allows(toSee)) {
            denials.add(permission + " " + resource);
            throw FreeholdException.notFound(what);
        }
        require(caller, permission, resource);
    }

    @Override
    public String seal(Secret secret, String row) {
        return Base64.getEncoder().encodeToString((row + "\n" + secret.reveal()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Secret open(String sealed, String row) {
        String text = new String(Base64.getDecoder().decode(sealed), StandardCharsets.UTF_8);
        if (!text.startsWith(row + "\n")) {
            throw new FreeholdException(ErrorCode.INTERNAL, "Moved.");
        }
        return Secret.of(text.substring(row.length() + 1));
    }

    @Override
    public boolean required() {
        return setupRequired;
    }

    @Override
    public User complete(Secret setupToken, String username, Secret password, @Nullable String email, Origin origin) {
        if (!setupRequired) {
            throw new FreeholdException(ErrorCode.CONFLICT, "There is an administrator already.");
        }
        if (!setupToken.equals(Secret.of("setup"))) {
            throw new FreeholdException(ErrorCode.DENIED, "The setup token is wrong.");
        }
        setupRequired = false;
        return new User(UUID.randomUUID(), username, email, true, false, Instant.now(), null, 1);
    }
}
