package io.freehold.rest.resource;

import io.freehold.api.Page;
import io.freehold.api.project.ProjectService;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Principal;
import io.freehold.api.security.RoleBinding;
import io.freehold.api.security.RoleService;
import io.freehold.api.security.Scope;
import io.freehold.rest.http.Problem;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.Lists;
import io.freehold.rest.view.MemberView;
import io.freehold.rest.view.Requests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Members of projects: a view on the role bindings at a project. */
@Path("projects/{id}/members")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "projects")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class MembersResource {
    private final ProjectService projects;
    private final RoleService roles;
    private final ETags tags;

    public MembersResource(ProjectService projects, RoleService roles, ETags tags) {
        this.projects = projects;
        this.roles = roles;
        this.tags = tags;
    }

    /** The role that a member is to hold. */
    @Schema(name = "NewMember", requiredProperties = "roleId")
    public record NewMember(
            @Schema(description = "If it is there, the same as in the path.") @Nullable
            String principal,

            @Nullable String roleId) {}

    @GET
    @Operation(
            operationId = "listMembers",
            summary = "List the members of a project",
            description = "One for each role binding at the project.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of members.",
            content = @Content(schema = @Schema(implementation = Lists.Members.class)))
    public Response list(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<RoleBinding> page = roles.bindings(caller, null, scope(caller, id), Params.page(limit, cursor));
        return tags.page(caller, request, page, binding -> binding.id().hashCode(), ListView.of(page, MemberView::of));
    }

    @PUT
    @Path("{principal}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("role-binding:create")
    @Operation(
            operationId = "putMember",
            summary = "Give somebody a role in a project, in place of any other there",
            description = "Nobody grants, or takes away, what they do not hold in the project.")
    @ApiResponse(
            responseCode = "200",
            description = "The member.",
            content = @Content(schema = @Schema(implementation = MemberView.class)))
    public MemberView put(
            @PathParam("id") String id,
            @PathParam("principal") String principal,
            NewMember request,
            @Context Caller caller) {
        Scope scope = scope(caller, id);
        Requests missing = new Requests();
        String roleId = missing.text("roleId", request.roleId());
        if (request.principal() != null && !request.principal().equals(principal)) {
            missing.wrong("principal", "is another one than in the path");
        }
        missing.check();
        return MemberView.of(roles.assign(caller, Principal.parse(principal), roleId, scope));
    }

    @DELETE
    @Path("{principal}")
    @RequiresPermission("role-binding:delete")
    @Operation(operationId = "deleteMember", summary = "Take every role in a project away from somebody")
    @ApiResponse(responseCode = "204", description = "Taken away.")
    public void delete(@PathParam("id") String id, @PathParam("principal") String principal, @Context Caller caller) {
        roles.release(caller, Principal.parse(principal), scope(caller, id));
    }

    /** The scope of a project that the caller may know of. */
    private Scope scope(Caller caller, String id) {
        return Scope.project(projects.get(caller, Params.id(id, "project")).id());
    }
}
