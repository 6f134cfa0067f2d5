package io.freehold.rest.resource;

import io.freehold.api.Page;
import io.freehold.api.security.AccessReview;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Scope;
import io.freehold.rest.http.Problem;
import io.freehold.rest.view.AccessReviewView;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.Lists;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Who may do what, why, and when they last did anything. */
@Path("access-review")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "roles")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class AccessReviewResource {
    private final AccessReview review;
    private final ETags tags;

    public AccessReviewResource(AccessReview review, ETags tags) {
        this.review = review;
        this.tags = tags;
    }

    @GET
    @Operation(
            operationId = "reviewAccess",
            summary = "List who may do what, why, and when they were last seen",
            description = "Takes access:review. With permission or scope: those who hold it, there or everywhere.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of principals.",
            content = @Content(schema = @Schema(implementation = Lists.ReviewedAccess.class)))
    public Response list(
            @QueryParam("principal") @Nullable String principal,
            @QueryParam("permission") @Nullable String permission,
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        String who = Params.text("principal", principal);
        String what = Params.text("permission", permission);
        String where = Params.text("scope", scope);
        AccessReview.Query query = new AccessReview.Query(
                who == null ? null : Principal.parse(who),
                what == null ? null : Permission.of(what),
                where == null ? null : Scope.parse(where),
                Params.page(limit, cursor));
        Page<AccessReview.Entry> page = review.list(caller, query);
        return tags.page(caller, request, page, AccessReview.Entry::hashCode, ListView.of(page, AccessReviewView::of));
    }
}
