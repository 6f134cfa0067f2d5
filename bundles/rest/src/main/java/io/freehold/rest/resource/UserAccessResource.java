package io.freehold.rest.resource;

import io.freehold.api.Page;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import io.freehold.api.security.SessionService;
import io.freehold.api.security.TotpService;
import io.freehold.api.security.UserService;
import io.freehold.rest.http.Problem;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.UserView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
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
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** How a user gets in: sessions, second factor, locks. */
@Path("users")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "users")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class UserAccessResource {
    private final UserService users;
    private final SessionService sessions;
    private final TotpService totp;
    private final ETags tags;

    public UserAccessResource(UserService users, SessionService sessions, TotpService totp, ETags tags) {
        this.users = users;
        this.sessions = sessions;
        this.totp = totp;
        this.tags = tags;
    }

    @GET
    @Path("{id}/sessions")
    @ApiResponse(
            responseCode = "200",
            description = "A page of them.",
            content = @Content(schema = @Schema(implementation = SessionsResource.Sessions.class)))
    @Operation(operationId = "listUserSessions", summary = "A user's sessions, the one used last first")
    public Response list(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<SessionService.Session> page =
                Params.page(sessions.sessions(caller, Params.id(id, "user")), limit, cursor);
        return tags.page(
                caller,
                request,
                page,
                SessionService.Session::hashCode,
                ListView.of(page, SessionsResource.SessionView::of));
    }

    @DELETE
    @Path("{id}/sessions")
    @RequiresPermission("user:update")
    @ApiResponse(responseCode = "204", description = "Ended.")
    @Operation(operationId = "endUserSessions", summary = "End every session of a user")
    public void endAll(@PathParam("id") String id, @Context Caller caller) {
        sessions.endAll(caller, Params.id(id, "user"));
    }

    @DELETE
    @Path("{id}/sessions/{session}")
    @RequiresPermission("user:update")
    @ApiResponse(responseCode = "204", description = "Ended.")
    @Operation(operationId = "endUserSession", summary = "End a session of a user")
    public void end(@PathParam("id") String id, @PathParam("session") String session, @Context Caller caller) {
        sessions.end(caller, Params.id(id, "user"), Params.id(session, "session"));
    }

    @DELETE
    @Path("{id}/totp")
    @RequiresPermission("user:update")
    @ApiResponse(responseCode = "204", description = "Removed; the user's sessions have ended.")
    @Operation(operationId = "resetUserTotp", summary = "Remove the second factor of a user who has lost it")
    public void resetTotp(@PathParam("id") String id, @Context Caller caller) {
        totp.reset(caller, Params.id(id, "user"));
    }

    @POST
    @Path("{id}/unlock")
    @RequiresPermission("user:update")
    @ApiResponse(responseCode = "200", description = "Unlocked.", useReturnTypeSchema = true)
    @Operation(operationId = "unlockUser", summary = "Forget the failed sign-ins that keep a user out")
    public UserView unlock(@PathParam("id") String id, @Context Caller caller) {
        return UserView.of(users.unlock(caller, Params.id(id, "user")));
    }
}
