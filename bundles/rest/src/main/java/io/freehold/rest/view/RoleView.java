package io.freehold.rest.view;

import io.freehold.api.security.Permission;
import io.freehold.api.security.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A role as the API shows it. */
@Schema(name = "Role", description = "A named set of permissions.")
public record RoleView(String id, String name, List<String> permissions, boolean builtIn) {
    public static RoleView of(Role role) {
        return new RoleView(
                role.id(),
                role.name(),
                role.permissions().stream().sorted().map(Permission::toString).toList(),
                role.builtIn());
    }
}
