package io.freehold.api.security;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Users who hold roles together.
 *
 * @param name unlike every other's, whatever the case
 * @param members ids of users, in order
 * @param version for {@code If-Match}; grows with every change, of the members too
 */
public record Group(UUID id, String name, List<UUID> members, Instant createdAt, long version) {
    public Group {
        members = List.copyOf(members);
    }
}
