package io.freehold.rest.view;

import io.freehold.api.security.Group;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A group as the API shows it. */
@Schema(name = "Group", description = "Users who hold roles together.")
public record GroupView(UUID id, String name, List<UUID> members, Instant createdAt) {
    public static GroupView of(Group group) {
        return new GroupView(group.id(), group.name(), group.members(), group.createdAt());
    }
}
