package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Who may do what, why, and when they last did anything. */
@ProviderType
public interface AccessReview {

    /**
     * Which principals are wanted; null means any.
     *
     * @param permission what they hold
     * @param scope where they hold it, at that very scope or everywhere
     */
    record Query(
            @Nullable Principal principal,
            @Nullable Permission permission,
            @Nullable Scope scope,
            PageRequest page) {}

    /**
     * A role that a principal holds.
     *
     * @param bindingId the role binding
     * @param group the group that it is bound to; null if it is bound to the principal itself
     */
    record Source(
            UUID bindingId,
            String roleId,
            String roleName,
            Scope scope,
            @Nullable Principal group) {}

    /**
     * A principal.
     *
     * @param name for people
     * @param enabled whether it can be used to sign in; a group always can
     * @param lastSeenAt when it was last used; null if never, and for groups
     * @param stale whether it could be used and was not for 90 days
     * @param secondFactor whether it signs in with a second factor; groups do not sign in
     * @param permissions what it holds, by scope
     * @param sources where it holds that from
     */
    record Entry(
            Principal principal,
            String name,
            boolean enabled,
            Instant createdAt,
            @Nullable Instant lastSeenAt,
            boolean stale,
            boolean secondFactor,
            Map<Scope, Set<Permission>> permissions,
            List<Source> sources) {}

    /**
     * Lists principals with what they hold, groups first. The pages of one list are of one moment, unless more than a
     * minute passes between two of them.
     *
     * @throws FreeholdException {@code DENIED}
     */
    Page<Entry> list(Caller caller, Query query);
}
