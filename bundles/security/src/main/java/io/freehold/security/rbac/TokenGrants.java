package io.freehold.security.rbac;

import io.freehold.api.security.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What every API token may do, in memory; the database leads. It shrinks with what the owner may do, and is
 * nothing while the owner is disabled or has something else to do first. Thread-safe; reads never wait.
 */
public final class TokenGrants {
    private final Map<Principal, TokenGrant> grants = new ConcurrentHashMap<>();

    /** Takes a token in. */
    public void put(Principal token, TokenGrant grant) {
        grants.put(token, grant);
    }

    /** Forgets a token. */
    public void remove(Principal token) {
        grants.remove(token);
    }

    CompiledAccess access(Principal token, Accounts accounts) {
        TokenGrant grant = grants.get(token);
        Account owner = grant == null ? null : accounts.find(grant.owner());
        return grant == null || owner == null
                ? CompiledAccess.NOTHING
                : owner.access().within(grant);
    }
}
