package io.freehold.rest.resource;

import io.freehold.api.Page;
import io.freehold.api.security.Caller;
import io.freehold.api.security.SessionService;
import io.freehold.rest.http.Problem;
import io.freehold.rest.view.ListView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** The caller's own sessions. */
@Path("auth/sessions")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "auth")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class SessionsResource {
    private final SessionService sessions;
    private final ETags tags;

    public SessionsResource(SessionService sessions, ETags tags) {
        this.sessions = sessions;
        this.tags = tags;
    }

    /** A session as its owner sees it. */
    @Schema(name = "Session")
    public record SessionView(
            UUID id, String source, Instant createdAt, Instant lastUsedAt, Instant expiresAt, boolean current) {
        static SessionView of(SessionService.Session session) {
            return new SessionView(
                    session.id(),
                    session.source(),
                    session.createdAt(),
                    session.lastUsedAt(),
                    session.expiresAt(),
                    session.current());
        }
    }

    /** A page of them, for the description of the API. */
    @Schema(name = "SessionList")
    record Sessions(List<SessionView> items, @Nullable String nextCursor, long total) {}

    @GET
    @ApiResponse(
            responseCode = "200",
            description = "A page of them.",
            content = @Content(schema = @Schema(implementation = Sessions.class)))
    @Operation(operationId = "listSessions", summary = "My sessions, the one used last first")
    public Response list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<SessionService.Session> page = Params.page(sessions.sessions(caller), limit, cursor);
        return tags.page(caller, request, page, SessionService.Session::hashCode, ListView.of(page, SessionView::of));
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "endSession", summary = "End one of my sessions")
    @ApiResponse(responseCode = "204", description = "Ended.")
    public void end(@PathParam("id") String id, @Context Caller caller) {
        sessions.end(caller, Params.id(id, "session"));
    }
}
