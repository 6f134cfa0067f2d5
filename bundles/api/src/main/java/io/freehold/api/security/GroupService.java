package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Manages groups on behalf of a caller. Whoever takes somebody into a group, or out of it, must hold what the group
 * holds: {@code DENIED} otherwise. What a change of members grants or takes holds when the call returns.
 */
@ProviderType
public interface GroupService {

    /**
     * @throws FreeholdException {@code DENIED}
     */
    Page<Group> list(Caller caller, PageRequest page);

    /**
     * @throws FreeholdException {@code NOT_FOUND}
     */
    Group get(Caller caller, UUID id);

    /**
     * Creates a group that holds nothing yet.
     *
     * @param members ids of users
     * @throws FreeholdException {@code INVALID} naming {@code name} or {@code members}; {@code CONFLICT} if the name
     *     is taken; {@code DENIED}
     */
    Group create(Caller caller, String name, Set<UUID> members);

    /**
     * Renames a group and, unless null, replaces its members.
     *
     * @param version {@link Group#version()} that the change is based on
     * @throws FreeholdException as {@link #create}; {@code STALE} if the group has changed since; {@code CONFLICT} if
     *     no administrator would be left
     */
    Group update(Caller caller, UUID id, String name, @Nullable Set<UUID> members, long version);

    /**
     * Deletes a group with its role bindings.
     *
     * @throws FreeholdException {@code CONFLICT} if no administrator would be left
     */
    void delete(Caller caller, UUID id);

    /**
     * Takes a user in; does nothing if it is a member already.
     *
     * @throws FreeholdException {@code INVALID} naming {@code userId} if there is no such user
     */
    Group addMember(Caller caller, UUID id, UUID userId);

    /**
     * Takes a user out.
     *
     * @throws FreeholdException {@code NOT_FOUND} if it is no member; {@code CONFLICT} if no administrator would be
     *     left
     */
    Group removeMember(Caller caller, UUID id, UUID userId);
}
