package io.freehold.rest.resource;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.Secret;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import io.freehold.api.security.User;
import io.freehold.api.security.UserService;
import io.freehold.api.security.UserService.ImportedUser;
import io.freehold.rest.http.Problem;
import io.freehold.rest.jersey.Workers;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.Lists;
import io.freehold.rest.view.Requests;
import io.freehold.rest.view.UserView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Users. */
@Path("users")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "users")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class UsersResource {
    private final UserService users;
    private final ETags tags;
    private final Workers hashing;

    public UsersResource(UserService users, ETags tags, Workers hashing) {
        this.users = users;
        this.tags = tags;
        this.hashing = hashing;
    }

    /** A user to create. */
    @Schema(
            name = "NewUser",
            requiredProperties = {"username", "password"})
    public record NewUser(
            @Nullable String username,
            @Nullable String password,
            @Nullable String email,

            @Schema(description = "Ids of groups; it takes what taking somebody into each takes.") @Nullable
            List<@Nullable String> groups) {}

    /** A user of another program. */
    @Schema(
            name = "ImportedUser",
            requiredProperties = {"username", "passwordHash"})
    public record Imported(
            @Nullable String username,

            @Schema(description = "bcrypt, Argon2 in its encoded form, or SHA-256 as 64 hexadecimal digits.") @Nullable
            String passwordHash,

            @Nullable String email) {}

    /** Users to import, all or none. */
    @Schema(name = "UserImport", requiredProperties = "users")
    public record Import(
            @Schema(description = "1 to 200.") @Nullable List<Imported> users) {}

    /** What can be changed of a user. */
    @Schema(name = "UserUpdate")
    public record UserUpdate(@Nullable String email) {}

    /** A password that was generated; it is not kept. */
    @Schema(name = "GeneratedPassword")
    public record GeneratedPassword(String password) {}

    @GET
    @Operation(operationId = "listUsers", summary = "List users")
    @ApiResponse(
            responseCode = "200",
            description = "A page of users.",
            content = @Content(schema = @Schema(implementation = Lists.Users.class)))
    public Response list(
            @Parameter(description = "true: those alone who still have the password hash of another program.")
                    @QueryParam("legacyHash")
                    @Nullable
                    String legacyHash,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<User> page = "true".equals(legacyHash)
                ? users.legacy(caller, Params.page(limit, cursor))
                : users.list(caller, Params.page(limit, cursor));
        // Being seen is not a new version, but shows.
        return tags.page(
                caller,
                request,
                page,
                user -> user.id().hashCode() * 31L
                        + user.version() * 7
                        + (user.lastSeenAt() == null ? 0 : user.lastSeenAt().toEpochMilli()),
                ListView.of(page, UserView::of));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("user:create")
    @Operation(
            operationId = "createUser",
            summary = "Create a user, who may do nothing but what its groups may until a role is bound")
    @ApiResponse(
            responseCode = "201",
            description = "Created.",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    public void create(NewUser request, @Context Caller caller, @Suspended AsyncResponse response) {
        Requests missing = new Requests();
        String username = missing.text("username", request.username());
        String password = missing.text("password", request.password());
        Set<UUID> groups = Params.uuids("groups", request.groups(), missing);
        missing.check();
        hashing.answer(response, () -> {
            User user = users.create(caller, username, Secret.of(password), request.email(), groups);
            return tagged(Response.created(URI.create("/api/v1/users/" + user.id())), user);
        });
    }

    @POST
    @Path("import")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("user:create")
    @Operation(
            operationId = "importUsers",
            summary = "Create users with the password hashes of another program",
            description = "All or none. A hash of today takes the old one's place at the first good sign-in; who does"
                    + " not come back in time loses it.")
    @ApiResponse(
            responseCode = "201",
            description = "Created.",
            content = @Content(schema = @Schema(implementation = Lists.Users.class)))
    public void importAll(Import request, @Context Caller caller, @Suspended AsyncResponse response) {
        Requests missing = new Requests();
        List<ImportedUser> wanted = new ArrayList<>();
        for (Imported user : request.users() == null ? List.<Imported>of() : request.users()) {
            if (user == null) {
                throw FreeholdException.invalid("users[" + wanted.size() + "]", "must be a user, not null");
            }
            String at = "users[" + wanted.size() + "].";
            wanted.add(new ImportedUser(
                    missing.text(at + "username", user.username()),
                    Secret.of(missing.text(at + "passwordHash", user.passwordHash())),
                    user.email()));
        }
        missing.check();
        hashing.answer(response, () -> Response.status(Response.Status.CREATED)
                .entity(ListView.whole(users.importAll(caller, wanted).stream()
                        .map(UserView::of)
                        .toList()))
                .build());
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getUser", summary = "Get a user")
    @ApiResponse(
            responseCode = "200",
            description = "The user; its version is the ETag.",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    public Response get(@PathParam("id") String id, @Context Caller caller) {
        return tagged(Response.ok(), users.get(caller, Params.id(id, "user")));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("user:update")
    @Operation(
            operationId = "updateUser",
            summary = "Change a user",
            description = "428 without If-Match, 412 if the user has changed since.")
    @ApiResponse(
            responseCode = "200",
            description = "Changed.",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    public Response update(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            UserUpdate request,
            @Context Caller caller) {
        return tagged(
                Response.ok(),
                users.update(caller, Params.id(id, "user"), request.email(), Versions.required(ifMatch)));
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission("user:delete")
    @Operation(operationId = "deleteUser", summary = "Delete a user with its sessions, memberships and role bindings")
    @ApiResponse(responseCode = "204", description = "Deleted.")
    public void delete(@PathParam("id") String id, @Context Caller caller) {
        users.delete(caller, Params.id(id, "user"));
    }

    @POST
    @Path("{id}/disable")
    @ApiResponse(responseCode = "200", description = "Disabled.", useReturnTypeSchema = true)
    @RequiresPermission("user:update")
    @Operation(
            operationId = "disableUser",
            summary = "Let a user sign in no more",
            description = "Its sessions end at once.")
    public UserView disable(@PathParam("id") String id, @Context Caller caller) {
        return UserView.of(users.setEnabled(caller, Params.id(id, "user"), false));
    }

    @POST
    @Path("{id}/enable")
    @ApiResponse(responseCode = "200", description = "Enabled.", useReturnTypeSchema = true)
    @RequiresPermission("user:update")
    @Operation(operationId = "enableUser", summary = "Let a user sign in again")
    public UserView enable(@PathParam("id") String id, @Context Caller caller) {
        return UserView.of(users.setEnabled(caller, Params.id(id, "user"), true));
    }

    @POST
    @Path("{id}/password-reset")
    @RequiresPermission("user:update")
    @Operation(
            operationId = "resetPasswordUser",
            summary = "Replace a user's password by a generated one",
            description = "It is shown once and must be changed at the next sign-in; the user's sessions end.")
    @ApiResponse(
            responseCode = "200",
            description = "The new password.",
            content = @Content(schema = @Schema(implementation = GeneratedPassword.class)))
    public void resetPassword(@PathParam("id") String id, @Context Caller caller, @Suspended AsyncResponse response) {
        hashing.answer(
                response,
                () -> new GeneratedPassword(
                        users.resetPassword(caller, Params.id(id, "user")).reveal()));
    }

    private static Response tagged(Response.ResponseBuilder answer, User user) {
        return answer.entity(UserView.of(user))
                .header(HttpHeaders.ETAG, Versions.tag(user.version()))
                .build();
    }
}
