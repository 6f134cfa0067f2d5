package io.freehold.rest.resource;

import io.freehold.api.Page;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Principal;
import io.freehold.api.security.RoleBinding;
import io.freehold.api.security.RoleService;
import io.freehold.api.security.Scope;
import io.freehold.rest.http.Problem;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.Lists;
import io.freehold.rest.view.Requests;
import io.freehold.rest.view.RoleBindingView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Who holds which role, and where. */
@Path("role-bindings")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "roles")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class RoleBindingsResource {
    private final RoleService roles;
    private final ETags tags;

    public RoleBindingsResource(RoleService roles, ETags tags) {
        this.roles = roles;
        this.tags = tags;
    }

    /** A role to grant. */
    @Schema(
            name = "NewRoleBinding",
            requiredProperties = {"principal", "roleId", "scope"})
    public record NewRoleBinding(
            @Schema(description = "user:{id}, group:{id} or token:{id}") @Nullable
            String principal,

            @Nullable String roleId,

            @Schema(description = "/, /projects/{id}, /backends/{id} or /instances/{id}") @Nullable
            String scope) {}

    @GET
    @Operation(operationId = "listRoleBindings", summary = "List role bindings")
    @ApiResponse(
            responseCode = "200",
            description = "A page of role bindings.",
            content = @Content(schema = @Schema(implementation = Lists.RoleBindings.class)))
    public Response list(
            @QueryParam("principal") @Nullable String principal,
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        String wanted = Params.text("principal", principal);
        String where = Params.text("scope", scope);
        Page<RoleBinding> page = roles.bindings(
                caller,
                wanted == null ? null : Principal.parse(wanted),
                where == null ? null : Scope.parse(where),
                Params.page(limit, cursor));
        return tags.page(
                caller, request, page, binding -> binding.id().hashCode(), ListView.of(page, RoleBindingView::of));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("role-binding:create")
    @Operation(
            operationId = "createRoleBinding",
            summary = "Grant a role",
            description = "Nobody grants what they do not hold at that scope.")
    @ApiResponse(
            responseCode = "201",
            description = "Granted.",
            content = @Content(schema = @Schema(implementation = RoleBindingView.class)))
    public Response create(NewRoleBinding request, @Context Caller caller) {
        Requests missing = new Requests();
        String principal = missing.text("principal", request.principal());
        String roleId = missing.text("roleId", request.roleId());
        String scope = missing.text("scope", request.scope());
        missing.check();
        RoleBinding binding = roles.bind(caller, Principal.parse(principal), roleId, Scope.parse(scope));
        return Response.created(URI.create("/api/v1/role-bindings/" + binding.id()))
                .entity(RoleBindingView.of(binding))
                .build();
    }

    @GET
    @Path("{id}")
    @ApiResponse(responseCode = "200", description = "It.", useReturnTypeSchema = true)
    @Operation(operationId = "getRoleBinding", summary = "Get a role binding")
    public RoleBindingView get(@PathParam("id") String id, @Context Caller caller) {
        return RoleBindingView.of(roles.binding(caller, Params.id(id, "role binding")));
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission("role-binding:delete")
    @Operation(operationId = "deleteRoleBinding", summary = "Take a role away")
    @ApiResponse(responseCode = "204", description = "Taken away.")
    public void delete(@PathParam("id") String id, @Context Caller caller) {
        roles.unbind(caller, Params.id(id, "role binding"));
    }
}
