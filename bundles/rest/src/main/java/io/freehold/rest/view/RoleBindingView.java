package io.freehold.rest.view;

import io.freehold.api.security.RoleBinding;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** A role binding as the API shows it. */
@Schema(name = "RoleBinding", description = "Who holds a role, and where.")
public record RoleBindingView(
        UUID id, String principal, String roleId, String scope, String createdBy, Instant createdAt) {
    public static RoleBindingView of(RoleBinding binding) {
        return new RoleBindingView(
                binding.id(),
                binding.principal().toString(),
                binding.roleId(),
                binding.scope().path(),
                binding.createdBy(),
                binding.createdAt());
    }
}
