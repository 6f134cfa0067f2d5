package io.freehold.rest.resource;

import io.freehold.api.Secret;
import io.freehold.api.security.Origin;
import io.freehold.api.security.SessionService;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Signing in and staying signed in: what needs no credential. */
@Path("auth")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "auth")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class SignInResource {
    private final SessionService sessions;
    private final Workers hashing;

    public SignInResource(SessionService sessions, Workers hashing) {
        this.sessions = sessions;
        this.hashing = hashing;
    }

    /** Name and password; no user has a second factor yet, so a code is not looked at. */
    @Schema(
            name = "LoginRequest",
            requiredProperties = {"username", "password"})
    public record Login(
            @Nullable String username,
            @Nullable String password,
            @Nullable String totp) {}

    /** The token to exchange. */
    @Schema(name = "RefreshRequest", requiredProperties = "refreshToken")
    public record Refresh(@Nullable String refreshToken) {}

    /** What a session is used with. */
    @Schema(name = "Tokens")
    public record TokensView(
            String accessToken,
            @Schema(allowableValues = "Bearer") String tokenType,

            @Schema(description = "How long the access token lives, in seconds.")
            long expiresIn,

            String refreshToken,
            UserView user) {
        static TokensView of(SessionService.Tokens tokens) {
            return new TokensView(
                    tokens.accessToken().reveal(),
                    "Bearer",
                    tokens.expiresIn().toSeconds(),
                    tokens.refreshToken().reveal(),
                    UserView.of(tokens.user()));
        }
    }

    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "login",
            summary = "Sign in",
            description = "Every failure is the same 401; too many are 429 with Retry-After.")
    @ApiResponse(
            responseCode = "200",
            description = "Signed in.",
            content = @Content(schema = @Schema(implementation = TokensView.class)))
    public void login(Login request, @Context Origin origin, @Suspended AsyncResponse response) {
        Requests missing = new Requests();
        String username = missing.text("username", request.username());
        String password = missing.text("password", request.password());
        missing.check();
        hashing.answer(response, () -> TokensView.of(sessions.login(username, Secret.of(password), origin)));
    }

    @POST
    @Path("refresh")
    @Consumes(MediaType.APPLICATION_JSON)
    @ApiResponse(responseCode = "200", description = "New tokens.", useReturnTypeSchema = true)
    @Operation(
            operationId = "refresh",
            summary = "Exchange a refresh token for new tokens",
            description = "Of several at once one wins; the others get 409 REFRESH_RACED within 10 seconds. A"
                    + " later reuse ends the session.")
    public TokensView refresh(Refresh request, @Context Origin origin) {
        Requests missing = new Requests();
        String token = missing.text("refreshToken", request.refreshToken());
        missing.check();
        return TokensView.of(sessions.refresh(Secret.of(token), origin));
    }
}
