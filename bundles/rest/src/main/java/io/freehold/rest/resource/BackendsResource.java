package io.freehold.rest.resource;

import io.freehold.api.Page;
import io.freehold.api.backend.BackendService;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.backend.RegisteredBackend;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import io.freehold.rest.http.Problem;
import io.freehold.rest.jersey.Workers;
import io.freehold.rest.view.BackendView;
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
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Backends: the configured connections of providers. */
@Path("backends")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "backends")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class BackendsResource {
    private final BackendService backends;
    private final ETags tags;
    private final Workers slow;

    /**
     * @param slow runs what connects to a backend
     */
    public BackendsResource(BackendService backends, ETags tags, Workers slow) {
        this.backends = backends;
        this.tags = tags;
        this.slow = slow;
    }

    /** A backend to connect, or the new state of one. */
    @Schema(
            name = "NewBackend",
            requiredProperties = {"provider", "name"})
    public record BackendRequest(
            @Schema(example = "docker") @Nullable String provider,
            @Nullable String name,

            @Schema(
                    description = "What the provider's configuration form asks for; in an update, a secret that"
                            + " is left out stays, unless an address changes, and one that is null goes.")
            @Nullable
            Map<String, Object> config) {
        NewBackend checked() {
            Requests missing = new Requests();
            String wantedProvider = missing.text("provider", provider);
            String wantedName = missing.text("name", name);
            missing.check();
            return new NewBackend(wantedProvider, wantedName, config == null ? Map.of() : config);
        }
    }

    /** How a connection went. */
    @Schema(name = "ConnectionTest")
    public record TestView(boolean ok, String message, long durationMillis) {}

    @GET
    @Operation(operationId = "listBackends", summary = "List backends")
    @ApiResponse(
            responseCode = "200",
            description = "A page of backends.",
            content = @Content(schema = @Schema(implementation = Lists.Backends.class)))
    public Response list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<RegisteredBackend> page = backends.list(caller, Params.page(limit, cursor));
        return tags.page(
                caller,
                request,
                page,
                backend -> backend.id().hashCode() * 31L + backend.revision(),
                ListView.of(page, BackendView::of));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("backend:create")
    @Operation(
            operationId = "createBackend",
            summary = "Connect a backend",
            description = "It is connected before the answer; what does not work is 422 and names the field.")
    @ApiResponse(
            responseCode = "201",
            description = "Connected; its version is the ETag.",
            content = @Content(schema = @Schema(implementation = BackendView.class)))
    public void create(BackendRequest request, @Context Caller caller, @Suspended AsyncResponse response) {
        NewBackend wanted = request.checked();
        slow.answer(response, () -> {
            RegisteredBackend backend = backends.create(caller, wanted);
            return tagged(Response.created(URI.create("/api/v1/backends/" + backend.id())), backend);
        });
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getBackend", summary = "Get a backend")
    @ApiResponse(
            responseCode = "200",
            description = "The backend; its version is the ETag.",
            content = @Content(schema = @Schema(implementation = BackendView.class)))
    public Response get(@PathParam("id") String id, @Context Caller caller) {
        return tagged(Response.ok(), backends.get(caller, Params.id(id, "backend")));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("backend:update")
    @Operation(
            operationId = "updateBackend",
            summary = "Change a backend's name and configuration",
            description = "428 without If-Match, 412 if it has changed since.")
    @ApiResponse(
            responseCode = "200",
            description = "Changed and connected anew.",
            content = @Content(schema = @Schema(implementation = BackendView.class)))
    public void update(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            BackendRequest request,
            @Context Caller caller,
            @Suspended AsyncResponse response) {
        UUID backend = Params.id(id, "backend");
        long version = Versions.required(ifMatch);
        NewBackend wanted = request.checked();
        slow.answer(response, () -> tagged(Response.ok(), backends.update(caller, backend, wanted, version)));
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission("backend:delete")
    @Operation(
            operationId = "deleteBackend",
            summary = "Forget a backend",
            description = "Nothing changes on the backend itself.")
    @ApiResponse(responseCode = "204", description = "Forgotten.")
    public void delete(@PathParam("id") String id, @Context Caller caller) {
        backends.delete(caller, Params.id(id, "backend"));
    }

    @POST
    @Path("{id}/test")
    @RequiresPermission("backend:test")
    @Operation(operationId = "testBackend", summary = "Connect to a backend and say how that went")
    @ApiResponse(
            responseCode = "200",
            description = "How it went, well or not.",
            content = @Content(schema = @Schema(implementation = TestView.class)))
    public void test(@PathParam("id") String id, @Context Caller caller, @Suspended AsyncResponse response) {
        UUID backend = Params.id(id, "backend");
        slow.answer(response, () -> {
            BackendService.ConnectionTest test = backends.test(caller, backend);
            return new TestView(test.ok(), test.message(), test.durationMillis());
        });
    }

    private static Response tagged(Response.ResponseBuilder answer, RegisteredBackend backend) {
        return answer.entity(BackendView.of(backend))
                .header(HttpHeaders.ETAG, Versions.tag(backend.version()))
                .build();
    }
}
