package io.freehold.rest.resource;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Origin;
import io.freehold.api.security.SetupService;
import io.freehold.api.security.User;
import io.freehold.rest.http.Problem;
import io.freehold.rest.jersey.Workers;
import io.freehold.rest.view.Requests;
import io.freehold.rest.view.UserView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The first start: whoever holds the setup token becomes the first administrator. */
@Path("setup")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "setup")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class SetupResource {
    private final SetupService setup;
    private final Workers hashing;

    public SetupResource(SetupService setup, Workers hashing) {
        this.setup = setup;
        this.hashing = hashing;
    }

    /** Whether there is no administrator yet. */
    @Schema(name = "SetupStatus")
    public record Status(boolean required) {}

    /** The first administrator. */
    @Schema(
            name = "SetupRequest",
            requiredProperties = {"setupToken", "username", "password"})
    public record NewAdministrator(
            @Nullable String setupToken,
            @Nullable String username,
            @Nullable String password,
            @Nullable String email) {}

    @GET
    @ApiResponse(responseCode = "200", description = "Whether it is.", useReturnTypeSchema = true)
    @Operation(operationId = "statusSetup", summary = "Whether the first administrator is still to be created")
    public Status status() {
        return new Status(setup.required());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "completeSetup",
            summary = "Create the first administrator",
            description = "The token is printed at the first start and kept in data/setup-token. 403 on a wrong"
                    + " token, 409 once there is an administrator.")
    @ApiResponse(
            responseCode = "201",
            description = "Created.",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    public void complete(NewAdministrator request, @Context Origin origin, @Suspended AsyncResponse response) {
        if (!setup.required()) {
            // Says the same to everybody, whatever they send.
            throw new FreeholdException(
                    ErrorCode.CONFLICT, "SETUP_COMPLETE", "Setup was completed before. Sign in instead.");
        }
        Requests missing = new Requests();
        String token = missing.text("setupToken", request.setupToken());
        String username = missing.text("username", request.username());
        String password = missing.text("password", request.password());
        missing.check();
        hashing.answer(response, () -> {
            User user = setup.complete(Secret.of(token), username, Secret.of(password), request.email(), origin);
            return Response.created(URI.create("/api/v1/users/" + user.id()))
                    .entity(UserView.of(user))
                    .build();
        });
    }
}
