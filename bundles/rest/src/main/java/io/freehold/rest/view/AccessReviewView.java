package io.freehold.rest.view;

import io.freehold.api.security.AccessReview;
import io.freehold.api.security.Principal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A principal of the access review as the API shows it. */
@Schema(name = "ReviewedAccess", description = "What a principal may do, why, and when it was last used.")
public record AccessReviewView(
        String principal,
        String type,
        String name,
        boolean enabled,
        Instant createdAt,
        @Nullable Instant lastSeenAt,
        @Schema(description = "Not used for 90 days.") boolean stale,

        @Schema(description = "Whether it signs in with a second factor.")
        boolean secondFactor,

        List<ScopeAccessView> access,
        List<SourceView> sources) {

    /** A role that a principal holds. */
    @Schema(name = "AccessSource")
    public record SourceView(
            UUID bindingId,
            String roleId,
            String roleName,
            String scope,

            @Schema(description = "The group that it is held through; null if it is bound to the principal itself.")
            @Nullable
            String group) {}

    public static AccessReviewView of(AccessReview.Entry entry) {
        return new AccessReviewView(
                entry.principal().toString(),
                entry.principal().type().name().toLowerCase(Locale.ROOT),
                entry.name(),
                entry.enabled(),
                entry.createdAt(),
                entry.lastSeenAt(),
                entry.stale(),
                entry.secondFactor(),
                ScopeAccessView.of(entry.permissions()),
                entry.sources().stream().map(AccessReviewView::source).toList());
    }

    private static SourceView source(AccessReview.Source source) {
        Principal group = source.group();
        return new SourceView(
                source.bindingId(),
                source.roleId(),
                source.roleName(),
                source.scope().path(),
                group == null ? null : group.toString());
    }
}
