package io.freehold.rest.resource;

import io.freehold.api.Secret;
import io.freehold.api.instance.InstanceStreams;
import io.freehold.api.security.Access;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Principal;
import io.freehold.api.security.SessionService;
import io.freehold.rest.console.ConsoleRoute;
import io.freehold.rest.http.Cookies;
import io.freehold.rest.http.Problem;
import io.freehold.rest.jersey.Workers;
import io.freehold.rest.view.Requests;
import io.freehold.rest.view.ScopeAccessView;
import io.freehold.rest.view.UserView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Who the caller is, its password, its tickets, and signing out. */
@Path("auth")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "auth")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class AuthResource {
    private final SessionService sessions;
    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final InstanceStreams streams;
    private final Workers hashing;

    public AuthResource(
            SessionService sessions,
            Authenticator authenticator,
            Authorizer authorizer,
            InstanceStreams streams,
            Workers hashing) {
        this.sessions = sessions;
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.streams = streams;
        this.hashing = hashing;
    }

    /** Who asks, what it may do everywhere, and what it may do where. */
    @Schema(name = "Me")
    public record Me(
            String principal,
            String name,
            @Nullable UserView user,
            List<String> permissions,
            List<ScopeAccessView> access) {}

    /** The token against forged requests. */
    @Schema(name = "Csrf")
    public record Csrf(String csrfToken) {}

    /** The old password and the new one. */
    @Schema(
            name = "PasswordChange",
            requiredProperties = {"currentPassword", "newPassword"})
    public record PasswordChange(
            @Nullable String currentPassword, @Nullable String newPassword) {}

    /** The path that a ticket is wanted for. */
    @Schema(name = "TicketRequest", requiredProperties = "path")
    public record TicketRequest(
            @Schema(example = "/api/v1/instances/01980a2e-0000-7000-8000-000000000000/console") @Nullable
            String path) {}

    /** A one-time pass to one path. */
    @Schema(name = "Ticket")
    public record TicketView(String ticket, Instant expiresAt) {}

    @POST
    @Path("logout")
    @Operation(operationId = "logout", summary = "End this session")
    @ApiResponse(responseCode = "204", description = "Signed out; cookies are cleared.")
    public Response logout(@Context Caller caller, @Context ContainerRequest request) {
        sessions.logout(caller);
        Response.ResponseBuilder answer = Response.noContent();
        Cookies.clear(request.getSecurityContext().isSecure())
                .forEach(cookie -> answer.header(HttpHeaders.SET_COOKIE, cookie));
        return answer.build();
    }

    @GET
    @Path("csrf")
    @ApiResponse(responseCode = "200", description = "The token.", useReturnTypeSchema = true)
    @Operation(
            operationId = "csrf",
            summary = "What a write by cookie must show in X-CSRF-Token",
            description = "The same for as long as the session lasts.")
    public Csrf csrf(@Context Caller caller) {
        return new Csrf(authenticator.csrfToken(caller).reveal());
    }

    @GET
    @Path("me")
    @ApiResponse(responseCode = "200", description = "The caller.", useReturnTypeSchema = true)
    @Operation(operationId = "me", summary = "Who I am and what I may do, everywhere and where")
    public Me me(@Context Caller caller) {
        Access access = authorizer.access(caller);
        List<String> permissions =
                access.permissions().stream().sorted().map(Permission::toString).toList();
        UserView user = caller.principal().type() == Principal.Type.USER ? UserView.of(sessions.me(caller)) : null;
        return new Me(
                caller.principal().toString(), caller.name(), user, permissions, ScopeAccessView.of(access.byScope()));
    }

    @POST
    @Path("password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "password", summary = "Change my password", description = "Ends my other sessions.")
    @ApiResponse(responseCode = "204", description = "Changed.")
    public void password(PasswordChange request, @Context Caller caller, @Suspended AsyncResponse response) {
        Requests missing = new Requests();
        String current = missing.text("currentPassword", request.currentPassword());
        String wanted = missing.text("newPassword", request.newPassword());
        missing.check();
        hashing.answer(response, () -> {
            sessions.changePassword(caller, Secret.of(current), Secret.of(wanted));
            return Response.noContent().build();
        });
    }

    @POST
    @Path("tickets")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "ticket",
            summary = "Get a ticket to open a WebSocket",
            description =
                    "One use, 30 seconds, for one path that the caller may open; offered as Sec-WebSocket-Protocol: freehold.v1,"
                            + " freehold.ticket.{ticket}.")
    @ApiResponse(
            responseCode = "201",
            description = "Issued.",
            content = @Content(schema = @Schema(implementation = TicketView.class)))
    public Response ticket(TicketRequest request, @Context Caller caller) {
        Requests missing = new Requests();
        String path = missing.text("path", request.path());
        missing.check();
        // No use in a ticket for what its bearer may not open. Other paths the sessions refuse.
        ConsoleRoute.instance(path).ifPresent(instance -> streams.requireConsole(caller, instance));
        SessionService.Ticket ticket = sessions.ticket(caller, path);
        return Response.status(Response.Status.CREATED)
                .entity(new TicketView(ticket.ticket().reveal(), ticket.expiresAt()))
                .build();
    }
}
