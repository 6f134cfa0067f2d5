package io.freehold.rest.view;

import io.freehold.api.security.RoleBinding;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** A member of a project as the API shows it: a role binding at the project's scope. */
@Schema(name = "Member", description = "Who holds a role in a project.")
public record MemberView(String principal, String roleId, UUID bindingId, String createdBy, Instant createdAt) {
    public static MemberView of(RoleBinding binding) {
        return new MemberView(
                binding.principal().toString(),
                binding.roleId(),
                binding.id(),
                binding.createdBy(),
                binding.createdAt());
    }
}
