package io.freehold.rest.memory;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Group;
import io.freehold.api.security.GroupService;
import io.freehold.api.security.Permissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Groups in a map. */
public final class MemoryGroups implements GroupService {
    private final MemorySecurity security;
    private final Map<UUID, Group> groups = new ConcurrentSkipListMap<>();

    MemoryGroups(MemorySecurity security) {
        this.security = security;
    }

    @Override
    public Page<Group> list(Caller caller, PageRequest page) {
        security.require(caller, Permissions.GROUP_READ, "groups");
        List<Group> all = List.copyOf(groups.values());
        return new Page<>(all, null, all.size());
    }

    @Override
    public Group get(Caller caller, UUID id) {
        Group group = groups.get(id);
        if (group == null) {
            throw FreeholdException.notFound("group");
        }
        return group;
    }

    @Override
    public Group create(Caller caller, String name, Set<UUID> members) {
        return put(new Group(UUID.randomUUID(), name, List.copyOf(members), Instant.now(), 1));
    }

    @Override
    public Group update(Caller caller, UUID id, String name, @Nullable Set<UUID> members, long version) {
        Group old = get(caller, id);
        if (old.version() != version) {
            throw new FreeholdException(ErrorCode.STALE, "The group has changed since.");
        }
        List<UUID> wanted = members == null ? old.members() : List.copyOf(members);
        return put(new Group(id, name, wanted, old.createdAt(), version + 1));
    }

    @Override
    public void delete(Caller caller, UUID id) {
        groups.remove(get(caller, id).id());
    }

    @Override
    public Group addMember(Caller caller, UUID id, UUID userId) {
        Group old = get(caller, id);
        List<UUID> members = new ArrayList<>(old.members());
        members.add(userId);
        return put(new Group(id, old.name(), members, old.createdAt(), old.version() + 1));
    }

    @Override
    public Group removeMember(Caller caller, UUID id, UUID userId) {
        Group old = get(caller, id);
        List<UUID> members = new ArrayList<>(old.members());
        if (!members.remove(userId)) {
            throw FreeholdException.notFound("member");
        }
        return put(new Group(id, old.name(), members, old.createdAt(), old.version() + 1));
    }

    private Group put(Group group) {
        groups.put(group.id(), group);
        return group;
    }
}
