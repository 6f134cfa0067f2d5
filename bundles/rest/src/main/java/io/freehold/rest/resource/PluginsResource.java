package io.freehold.rest.resource;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.plugin.Plugin;
import io.freehold.api.plugin.PluginService;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import io.freehold.rest.http.Body;
import io.freehold.rest.http.Problem;
import io.freehold.rest.jersey.ContextParams;
import io.freehold.rest.jersey.Workers;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.Lists;
import io.freehold.rest.view.PluginView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Plugins: what there is, and adding, replacing, enabling, disabling and removing them. */
@Path("plugins")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "plugins")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class PluginsResource {
    private static final String JAR = "application/java-archive";

    private final PluginService plugins;
    private final ETags tags;
    private final Workers slow;

    public PluginsResource(PluginService plugins, ETags tags, Workers slow) {
        this.plugins = plugins;
        this.tags = tags;
        this.slow = slow;
    }

    @GET
    @Operation(operationId = "listPlugins", summary = "List plugins and the files that were refused")
    @ApiResponse(
            responseCode = "200",
            description = "A page of them.",
            content = @Content(schema = @Schema(implementation = Lists.Plugins.class)))
    public Response list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<Plugin> page = Params.page(plugins.list(caller), limit, cursor);
        return tags.page(caller, request, page, Plugin::revision, ListView.of(page, PluginView::of));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getPlugin", summary = "Get a plugin")
    @ApiResponse(responseCode = "200", description = "The plugin.", useReturnTypeSchema = true)
    public PluginView get(@PathParam("id") String id, @Context Caller caller) {
        return PluginView.of(plugins.get(caller, id));
    }

    @POST
    @Consumes(JAR)
    @RequiresPermission("plugin:manage")
    @Operation(
            operationId = "uploadPlugin",
            summary = "Add a plugin, or replace it by another version",
            description =
                    "A new one is disabled until it is enabled: look at what it requires first. The jar must be signed"
                            + " as a whole by a publisher whose certificate is in"
                            + " etc/trusted-publishers. If it does not come up, the version before goes on.",
            requestBody =
                    @RequestBody(
                            content = @Content(mediaType = JAR, schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(
            responseCode = "201",
            description = "It is there.",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    public void upload(@Context ContainerRequest request, @Context Caller caller, @Suspended AsyncResponse response) {
        Body jar = required(request);
        slow.answer(response, () -> {
            PluginView plugin = PluginView.of(plugins.upload(caller, jar.stream()));
            return Response.created(URI.create("/api/v1/plugins/" + plugin.id()))
                    .entity(plugin)
                    .build();
        });
    }

    @PUT
    @Path("{id}")
    @Consumes(JAR)
    @RequiresPermission("plugin:manage")
    @Operation(
            operationId = "updatePlugin",
            summary = "Replace a plugin by another version",
            requestBody =
                    @RequestBody(
                            content = @Content(mediaType = JAR, schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(
            responseCode = "200",
            description = "It runs.",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    public void update(
            @PathParam("id") String id,
            @Context ContainerRequest request,
            @Context Caller caller,
            @Suspended AsyncResponse response) {
        Body jar = required(request);
        slow.answer(response, () -> PluginView.of(plugins.update(caller, id, jar.stream())));
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission("plugin:manage")
    @Operation(operationId = "uninstallPlugin", summary = "Remove a plugin that was uploaded")
    @ApiResponse(responseCode = "204", description = "It is gone.")
    public void uninstall(@PathParam("id") String id, @Context Caller caller, @Suspended AsyncResponse response) {
        slow.answer(response, () -> {
            plugins.uninstall(caller, id);
            return Response.noContent().build();
        });
    }

    @POST
    @Path("{id}/enable")
    @RequiresPermission("plugin:manage")
    @Operation(operationId = "enablePlugin", summary = "Start a plugin, now and at every start")
    @ApiResponse(
            responseCode = "200",
            description = "It runs.",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    public void enable(@PathParam("id") String id, @Context Caller caller, @Suspended AsyncResponse response) {
        slow.answer(response, () -> PluginView.of(plugins.enable(caller, id)));
    }

    @POST
    @Path("{id}/disable")
    @RequiresPermission("plugin:manage")
    @Operation(operationId = "disablePlugin", summary = "Stop a plugin until it is enabled")
    @ApiResponse(
            responseCode = "200",
            description = "It is stopped.",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    public void disable(@PathParam("id") String id, @Context Caller caller, @Suspended AsyncResponse response) {
        slow.answer(response, () -> PluginView.of(plugins.disable(caller, id)));
    }

    @POST
    @Path("{id}/rollback")
    @RequiresPermission("plugin:manage")
    @Operation(operationId = "rollBackPlugin", summary = "Bring the version before back")
    @ApiResponse(
            responseCode = "200",
            description = "The version before runs.",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    public void rollBack(@PathParam("id") String id, @Context Caller caller, @Suspended AsyncResponse response) {
        slow.answer(response, () -> PluginView.of(plugins.rollBack(caller, id)));
    }

    /** The jar, which stays where it is: it is too large to be an entity in memory. */
    private static Body required(ContainerRequest request) {
        Body jar = ContextParams.body(request);
        if (jar.length() == 0) {
            throw FreeholdException.invalid("jar", "is required: the body is the bundle itself");
        }
        return jar;
    }
}
