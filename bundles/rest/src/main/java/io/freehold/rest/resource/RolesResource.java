package io.freehold.rest.resource;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Role;
import io.freehold.api.security.RoleService;
import io.freehold.rest.http.Problem;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.Lists;
import io.freehold.rest.view.Requests;
import io.freehold.rest.view.RoleView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Roles: built-in ones, and those that people make. */
@Path("roles")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "roles")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class RolesResource {
    private static final String NO_ESCALATION =
            "Nobody makes, changes or deletes a role that allows more than they hold" + " everywhere.";

    private final RoleService roles;
    private final ETags tags;

    public RolesResource(RoleService roles, ETags tags) {
        this.roles = roles;
        this.tags = tags;
    }

    /** A role to make, or what it is to be. */
    @Schema(
            name = "NewRole",
            requiredProperties = {"name", "permissions"})
    public record NewRole(
            @Nullable String name,

            @Schema(example = "[\"instance:read\",\"instance:start\"]") @Nullable
            List<@Nullable String> permissions) {}

    @GET
    @ApiResponse(
            responseCode = "200",
            description = "A page of them.",
            content = @Content(schema = @Schema(implementation = Lists.Roles.class)))
    @Operation(operationId = "listRoles", summary = "List roles")
    public Response list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<Role> page = Params.page(roles.roles(caller), limit, cursor);
        return tags.page(caller, request, page, Role::hashCode, ListView.of(page, RoleView::of));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("role:create")
    @Operation(operationId = "createRole", summary = "Make a role", description = NO_ESCALATION)
    @ApiResponse(
            responseCode = "201",
            description = "Made.",
            content = @Content(schema = @Schema(implementation = RoleView.class)))
    public Response create(NewRole request, @Context Caller caller) {
        Requests missing = new Requests();
        String name = missing.text("name", request.name());
        Set<Permission> permissions = permissions(request, missing);
        missing.check();
        Role role = roles.create(caller, name, permissions);
        return tagged(Response.created(URI.create("/api/v1/roles/" + role.id())), role);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getRole", summary = "Get a role")
    @ApiResponse(
            responseCode = "200",
            description = "The role; its version is the ETag.",
            content = @Content(schema = @Schema(implementation = RoleView.class)))
    public Response get(@PathParam("id") String id, @Context Caller caller) {
        return tagged(Response.ok(), roles.role(caller, id));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("role:update")
    @Operation(
            operationId = "updateRole",
            summary = "Change a role, and what everybody may do to whom it is bound",
            description = "428 without If-Match, 412 if the role has changed since. " + NO_ESCALATION)
    @ApiResponse(
            responseCode = "200",
            description = "Changed.",
            content = @Content(schema = @Schema(implementation = RoleView.class)))
    public Response update(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            NewRole request,
            @Context Caller caller) {
        Requests missing = new Requests();
        String name = missing.text("name", request.name());
        Set<Permission> permissions = permissions(request, missing);
        missing.check();
        return tagged(Response.ok(), roles.update(caller, id, name, permissions, Versions.required(ifMatch)));
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission("role:delete")
    @Operation(
            operationId = "deleteRole",
            summary = "Delete a role",
            description = "409 while it is bound to anybody. " + NO_ESCALATION)
    @ApiResponse(responseCode = "204", description = "Deleted.")
    public void delete(@PathParam("id") String id, @Context Caller caller) {
        roles.delete(caller, id);
    }

    private static Set<Permission> permissions(NewRole request, Requests missing) {
        List<@Nullable String> given = request.permissions();
        if (given == null) {
            missing.wrong("permissions", "is required");
            return Set.of();
        }
        Set<Permission> permissions = new HashSet<>();
        for (int i = 0; i < given.size(); i++) {
            String text = given.get(i);
            try {
                permissions.add(Permission.of(text == null ? "" : text));
            } catch (FreeholdException e) {
                missing.wrong("permissions[" + i + "]", e.violations().get(0).message());
            }
        }
        return permissions;
    }

    private static Response tagged(Response.ResponseBuilder answer, Role role) {
        return answer.entity(RoleView.of(role))
                .header(HttpHeaders.ETAG, Versions.tag(role.version()))
                .build();
    }
}
