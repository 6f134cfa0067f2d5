package io.freehold.rest.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.security.ApiTokenService;
import io.freehold.api.security.ApiTokenService.ApiToken;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Scope;
import io.freehold.rest.http.Problem;
import io.freehold.rest.view.ListView;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Tokens for programs. */
@Path("api-tokens")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "auth")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class ApiTokensResource {
    private static final String EVERYBODY = "*";

    private final ApiTokenService tokens;
    private final ETags tags;

    public ApiTokensResource(ApiTokenService tokens, ETags tags) {
        this.tokens = tokens;
        this.tags = tags;
    }

    /** A token to make. */
    @Schema(name = "NewApiToken", requiredProperties = "name")
    public record NewApiToken(
            @Nullable String name,

            @Schema(description = "Left out: all that the owner holds.") @Nullable
            List<String> permissions,

            @Schema(description = "Left out: /") @Nullable String scope,

            @Schema(description = "Left out: never.") @Nullable
            String expiresAt) {}

    /** A token; its secret is there when it is made, and never again. */
    @Schema(name = "ApiToken")
    public record ApiTokenView(
            UUID id,
            @Schema(description = "token:{id}") String principal,
            @Schema(description = "user:{id}") String owner,
            String name,
            @Nullable List<String> permissions,
            String scope,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,

            @Schema(description = "fh_…, in the answer that makes it alone.")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String secret) {
        static ApiTokenView of(ApiToken token, @Nullable String secret) {
            Set<Permission> held = token.permissions();
            return new ApiTokenView(
                    token.id(),
                    new Principal(Principal.Type.TOKEN, token.id().toString()).toString(),
                    new Principal(Principal.Type.USER, token.owner().toString()).toString(),
                    token.name(),
                    held == null
                            ? null
                            : held.stream().map(Permission::toString).sorted().toList(),
                    token.scope().path(),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt(),
                    secret);
        }
    }

    /** A page of them. */
    @Schema(name = "ApiTokens")
    public record ApiTokens(
            List<ApiTokenView> items, @Nullable String nextCursor, long total) {}

    @GET
    @Operation(operationId = "listApiTokens", summary = "List API tokens")
    @ApiResponse(
            responseCode = "200",
            description = "A page of mine; of a user's by owner={id}, of everybody's by owner=*, which take user:read.",
            content = @Content(schema = @Schema(implementation = ApiTokens.class)))
    public Response list(
            @QueryParam("owner") @Nullable String owner,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        UUID wanted = EVERYBODY.equals(owner) ? null : Params.uuid("owner", owner);
        if (wanted == null && !EVERYBODY.equals(owner)) {
            if (caller.principal().type() != Principal.Type.USER) {
                throw FreeholdException.invalid("owner", "is required: only users have tokens of their own");
            }
            wanted = UUID.fromString(caller.principal().id());
        }
        Page<ApiToken> page = tokens.list(caller, wanted, Params.page(limit, cursor));
        return tags.page(
                caller, request, page, ApiToken::hashCode, ListView.of(page, token -> ApiTokenView.of(token, null)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createApiToken",
            summary = "Make an API token",
            description = "It may do what I may do at each moment, and of that no more than it is given here.")
    @ApiResponse(
            responseCode = "201",
            description = "Made; the secret is shown once.",
            content = @Content(schema = @Schema(implementation = ApiTokenView.class)))
    public Response create(NewApiToken request, @Context Caller caller) {
        Requests missing = new Requests();
        String name = missing.text("name", request.name());
        missing.check();
        Set<Permission> permissions = request.permissions() == null
                ? null
                : request.permissions().stream()
                        .map(ApiTokensResource::permission)
                        .collect(Collectors.toUnmodifiableSet());
        ApiTokenService.NewToken made = tokens.create(
                caller,
                name,
                permissions,
                request.scope() == null ? Scope.ROOT : Scope.parse(request.scope()),
                Params.time("expiresAt", request.expiresAt()));
        return Response.created(URI.create("/api/v1/api-tokens/" + made.token().id()))
                .entity(ApiTokenView.of(made.token(), made.secret().reveal()))
                .build();
    }

    private static Permission permission(@Nullable String text) {
        try {
            return Permission.of(String.valueOf(text));
        } catch (FreeholdException e) {
            throw FreeholdException.invalid("permissions", "'" + text + "' is not of the form resource:verb");
        }
    }

    @GET
    @Path("{id}")
    @ApiResponse(responseCode = "200", description = "It.", useReturnTypeSchema = true)
    @Operation(operationId = "getApiToken", summary = "Get an API token")
    public ApiTokenView get(@PathParam("id") String id, @Context Caller caller) {
        return ApiTokenView.of(tokens.apiToken(caller, Params.id(id, "API token")), null);
    }

    @DELETE
    @Path("{id}")
    @ApiResponse(responseCode = "204", description = "Revoked.")
    @Operation(
            operationId = "revokeApiToken",
            summary = "Revoke an API token",
            description = "Mine, or with user:update that of a user who may do no more than I.")
    public void revoke(@PathParam("id") String id, @Context Caller caller) {
        tokens.revoke(caller, Params.id(id, "API token"));
    }
}
