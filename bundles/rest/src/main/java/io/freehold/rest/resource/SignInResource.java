package io.freehold.rest.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Credential;
import io.freehold.api.security.Origin;
import io.freehold.api.security.SessionService;
import io.freehold.rest.http.Cookies;
import io.freehold.rest.http.Problem;
import io.freehold.rest.jersey.OptionalBody;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.glassfish.jersey.server.ContainerRequest;
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
    private static final String COOKIE = "cookie";

    private final SessionService sessions;
    private final Authenticator authenticator;
    private final Workers hashing;

    public SignInResource(SessionService sessions, Authenticator authenticator, Workers hashing) {
        this.sessions = sessions;
        this.authenticator = authenticator;
        this.hashing = hashing;
    }

    /** Name, password and, where the user has a second factor, a code. */
    @Schema(
            name = "LoginRequest",
            requiredProperties = {"username", "password"})
    public record Login(
            @Nullable String username,
            @Nullable String password,

            @Schema(description = "A code of the authenticator app, or a recovery code.") @Nullable
            String totp,

            @Schema(description = "For browsers: tokens go into cookies instead of the body.", allowableValues = COOKIE)
            @Nullable
            String delivery) {}

    /** The token to exchange; by cookie there is none in the body. */
    @Schema(name = "RefreshRequest")
    public record Refresh(@Nullable String refreshToken) {}

    /** What a session is used with; by cookie without the tokens. */
    @Schema(name = "Tokens")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TokensView(
            @Nullable String accessToken,
            @Schema(allowableValues = "Bearer") @Nullable String tokenType,

            @Schema(description = "How long the access token lives, in seconds.")
            long expiresIn,

            @Nullable String refreshToken,

            @Schema(description = "By cookie alone.") @Nullable
            String csrfToken,

            UserView user) {
        static TokensView of(SessionService.Tokens tokens) {
            return new TokensView(
                    tokens.accessToken().reveal(),
                    "Bearer",
                    tokens.expiresIn().toSeconds(),
                    tokens.refreshToken().reveal(),
                    null,
                    UserView.of(tokens.user()));
        }
    }

    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "login",
            summary = "Sign in",
            description = "Every failure is the same 401, but TOTP_REQUIRED where a right password came without the"
                    + " code that it takes; too many are 429 with Retry-After.")
    @ApiResponse(
            responseCode = "200",
            description = "Signed in.",
            content = @Content(schema = @Schema(implementation = TokensView.class)))
    public void login(
            Login request, @Context Origin origin, @Context ContainerRequest http, @Suspended AsyncResponse response) {
        Requests missing = new Requests();
        String username = missing.text("username", request.username());
        String password = missing.text("password", request.password());
        if (request.delivery() != null && !request.delivery().equals(COOKIE)) {
            missing.wrong("delivery", "must be " + COOKIE + ", or left out for tokens in the body");
        }
        missing.check();
        Secret code = request.totp() == null ? null : Secret.of(request.totp());
        boolean byCookie = request.delivery() != null;
        boolean secure = http.getSecurityContext().isSecure();
        hashing.answer(response, () -> {
            SessionService.Tokens tokens = sessions.login(username, Secret.of(password), code, origin);
            return byCookie ? cookies(tokens, origin, secure) : TokensView.of(tokens);
        });
    }

    @POST
    @Path("refresh")
    @Consumes(MediaType.APPLICATION_JSON)
    @ApiResponse(
            responseCode = "200",
            description = "New tokens.",
            content = @Content(schema = @Schema(implementation = TokensView.class)))
    @Operation(
            operationId = "refresh",
            summary = "Exchange a refresh token for new tokens",
            description = "Of several at once one wins; the others get 409 REFRESH_RACED within 10 seconds. A"
                    + " later reuse ends the session. Without a body the cookie is exchanged, and both are set anew.")
    public Response refresh(
            @OptionalBody @Nullable Refresh request, @Context Origin origin, @Context ContainerRequest http) {
        String token = request == null ? null : request.refreshToken();
        boolean secure = http.getSecurityContext().isSecure();
        if (token != null && !token.isBlank()) {
            return Response.ok(TokensView.of(sessions.refresh(Secret.of(token), origin)))
                    .build();
        }
        List<String> sent = http.getRequestHeaders().getOrDefault(HttpHeaders.COOKIE, List.of());
        Secret cookie = Cookies.refresh(sent, secure)
                .orElseThrow(() -> FreeholdException.invalid("refreshToken", "is required"));
        return cookies(sessions.refresh(cookie, origin), origin, secure);
    }

    private Response cookies(SessionService.Tokens tokens, Origin origin, boolean secure) {
        Caller caller = authenticator.authenticate(new Credential.Bearer(tokens.accessToken()), origin);
        TokensView view = new TokensView(
                null,
                null,
                tokens.expiresIn().toSeconds(),
                null,
                authenticator.csrfToken(caller).reveal(),
                UserView.of(tokens.user()));
        Response.ResponseBuilder answer = Response.ok(view);
        Cookies.set(tokens.accessToken(), tokens.refreshToken(), secure)
                .forEach(cookie -> answer.header(HttpHeaders.SET_COOKIE, cookie));
        return answer.build();
    }
}
