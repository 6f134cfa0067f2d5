package io.freehold.rest.view;

import io.freehold.api.project.Project;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A project as the API shows it. */
@Schema(name = "Project", description = "A group of instances with members and quotas.")
public record ProjectView(UUID id, String name, @Nullable String description, QuotasView quotas, Instant createdAt) {
    public static ProjectView of(Project project) {
        return new ProjectView(
                project.id(),
                project.name(),
                project.description(),
                QuotasView.of(project.quotas()),
                project.createdAt());
    }
}
