package io.freehold.rest.resource;

import io.freehold.api.FreeholdException;
import io.freehold.api.security.Caller;
import io.freehold.api.security.RoleService;
import io.freehold.rest.http.Problem;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.RoleView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Roles. */
@Path("roles")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@Tag(name = "roles")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class RolesResource {
    private final RoleService roles;

    public RolesResource(RoleService roles) {
        this.roles = roles;
    }

    @GET
    @ApiResponse(responseCode = "200", description = "All of them.", useReturnTypeSchema = true)
    @Operation(operationId = "listRoles", summary = "List roles")
    public ListView<RoleView> list(@Context Caller caller) {
        return ListView.whole(all(caller));
    }

    @GET
    @Path("{id}")
    @ApiResponse(responseCode = "200", description = "It.", useReturnTypeSchema = true)
    @Operation(operationId = "getRole", summary = "Get a role")
    public RoleView get(@PathParam("id") String id, @Context Caller caller) {
        return all(caller).stream()
                .filter(role -> role.id().equals(id))
                .findFirst()
                .orElseThrow(() -> FreeholdException.notFound("role"));
    }

    private List<RoleView> all(Caller caller) {
        return roles.roles(caller).stream().map(RoleView::of).toList();
    }
}
