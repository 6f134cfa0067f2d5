package io.freehold.security.rbac;

import io.freehold.api.security.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What every API token may do, in memory; the database leads. It shrinks with what the owner may do, and is
 * nothing while the owner is disabled or has something else to do first. Thread-safe; reads never wait.
 */
public final class TokenGrants {
    private final Map<Principal, Granted> grants = new ConcurrentHashMap<>();

    /** What one token may do, compiled anew when its owner's access is another. */
    private static final class Granted {
        final TokenGrant grant;
        volatile Compiled compiled = new Compiled(CompiledAccess.NOTHING, CompiledAccess.NOTHING);

        Granted(TokenGrant grant) {
            this.grant = grant;
        }

        CompiledAccess within(CompiledAccess owners) {
            Compiled known = compiled;
            if (known.owners != owners) {
                known = new Compiled(owners, owners.within(grant));
                compiled = known;
            }
            return known.tokens;
        }
    }

    private record Compiled(CompiledAccess owners, CompiledAccess tokens) {}

    /** Takes a token in. */
    public void put(Principal token, TokenGrant grant) {
        grants.put(token, new Granted(grant));
    }

    /** Forgets a token. */
    public void remove(Principal token) {
        grants.remove(token);
    }

    CompiledAccess access(Principal token, Accounts accounts) {
        Granted granted = grants.get(token);
        Account owner = granted == null ? null : accounts.find(granted.grant.owner());
        return granted == null || owner == null ? CompiledAccess.NOTHING : granted.within(owner.access());
    }
}
