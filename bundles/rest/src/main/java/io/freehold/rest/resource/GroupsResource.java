package io.freehold.rest.resource;

import io.freehold.api.Page;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Group;
import io.freehold.api.security.GroupService;
import io.freehold.rest.http.Problem;
import io.freehold.rest.view.GroupView;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.Lists;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Groups of users. */
@Path("groups")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "groups")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class GroupsResource {
    private static final String NO_ESCALATION = "Whoever takes somebody in or out must hold what the group holds.";

    private final GroupService groups;
    private final ETags tags;

    public GroupsResource(GroupService groups, ETags tags) {
        this.groups = groups;
        this.tags = tags;
    }

    /** A group to create, or what it is to be. */
    @Schema(name = "NewGroup", requiredProperties = "name")
    public record NewGroup(
            @Nullable String name,

            @Schema(description = "Ids of users. Left out in a change: they stay.") @Nullable
            List<@Nullable String> members) {}

    @GET
    @Operation(operationId = "listGroups", summary = "List groups")
    @ApiResponse(
            responseCode = "200",
            description = "A page of groups.",
            content = @Content(schema = @Schema(implementation = Lists.Groups.class)))
    public Response list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<Group> page = groups.list(caller, Params.page(limit, cursor));
        return tags.page(
                caller,
                request,
                page,
                group -> group.id().hashCode() * 31L + group.version(),
                ListView.of(page, GroupView::of));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("group:create")
    @Operation(operationId = "createGroup", summary = "Create a group, which holds nothing until a role is bound")
    @ApiResponse(
            responseCode = "201",
            description = "Created.",
            content = @Content(schema = @Schema(implementation = GroupView.class)))
    public Response create(NewGroup request, @Context Caller caller) {
        Requests missing = new Requests();
        String name = missing.text("name", request.name());
        Set<UUID> members = Params.uuids("members", request.members(), missing);
        missing.check();
        Group group = groups.create(caller, name, members);
        return tagged(Response.created(URI.create("/api/v1/groups/" + group.id())), group);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getGroup", summary = "Get a group")
    @ApiResponse(
            responseCode = "200",
            description = "The group; its version is the ETag.",
            content = @Content(schema = @Schema(implementation = GroupView.class)))
    public Response get(@PathParam("id") String id, @Context Caller caller) {
        return tagged(Response.ok(), groups.get(caller, Params.id(id, "group")));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("group:update")
    @Operation(
            operationId = "updateGroup",
            summary = "Rename a group, and replace its members",
            description = "428 without If-Match, 412 if the group has changed since. " + NO_ESCALATION)
    @ApiResponse(
            responseCode = "200",
            description = "Changed.",
            content = @Content(schema = @Schema(implementation = GroupView.class)))
    public Response update(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            NewGroup request,
            @Context Caller caller) {
        UUID group = Params.id(id, "group");
        Requests missing = new Requests();
        String name = missing.text("name", request.name());
        Set<UUID> members = Params.uuids("members", request.members(), missing);
        missing.check();
        return tagged(
                Response.ok(),
                groups.update(
                        caller, group, name, request.members() == null ? null : members, Versions.required(ifMatch)));
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission("group:delete")
    @Operation(
            operationId = "deleteGroup",
            summary = "Delete a group with its role bindings",
            description = "Whoever does it must hold what the group holds.")
    @ApiResponse(responseCode = "204", description = "Deleted.")
    public void delete(@PathParam("id") String id, @Context Caller caller) {
        groups.delete(caller, Params.id(id, "group"));
    }

    @PUT
    @Path("{id}/members/{userId}")
    @RequiresPermission("group:update")
    @Operation(operationId = "addGroupMember", summary = "Take a user into a group", description = NO_ESCALATION)
    @ApiResponse(
            responseCode = "200",
            description = "The group with the user in it.",
            content = @Content(schema = @Schema(implementation = GroupView.class)))
    public Response addMember(@PathParam("id") String id, @PathParam("userId") String userId, @Context Caller caller) {
        return tagged(Response.ok(), groups.addMember(caller, Params.id(id, "group"), Params.id(userId, "user")));
    }

    @DELETE
    @Path("{id}/members/{userId}")
    @RequiresPermission("group:update")
    @Operation(operationId = "removeGroupMember", summary = "Take a user out of a group", description = NO_ESCALATION)
    @ApiResponse(responseCode = "204", description = "Taken out.")
    public void removeMember(@PathParam("id") String id, @PathParam("userId") String userId, @Context Caller caller) {
        Group unused = groups.removeMember(caller, Params.id(id, "group"), Params.id(userId, "member"));
    }

    private static Response tagged(Response.ResponseBuilder answer, Group group) {
        return answer.entity(GroupView.of(group))
                .header(HttpHeaders.ETAG, Versions.tag(group.version()))
                .build();
    }
}
