package io.freehold.rest.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.FreeholdException;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.InstanceQuery;
import io.freehold.api.instance.InstanceService;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.State;
import io.freehold.api.operation.OperationService;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import io.freehold.rest.http.Problem;
import io.freehold.rest.idempotency.IdempotencyKey;
import io.freehold.rest.view.InstanceJson;
import io.freehold.rest.view.InstanceRequest;
import io.freehold.rest.view.InstanceView;
import io.freehold.rest.view.Lists;
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
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Instances: read from the inventory, changed by operations. */
@Path("instances")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "instances")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class InstancesResource {
    private final InstanceService instances;
    private final OperationAnswers answers;
    private final InstanceJson json;
    private final ETags tags;

    public InstancesResource(InstanceService instances, OperationService operations, InstanceJson json, ETags tags) {
        this.instances = instances;
        this.answers = new OperationAnswers(operations);
        this.json = json;
        this.tags = tags;
    }

    @GET
    @Operation(
            operationId = "listInstances",
            summary = "List instances",
            description = "Those that the caller may see, from the inventory.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of instances. The weak ETag changes with the inventory and the caller's permissions.",
            content = @Content(schema = @Schema(implementation = Lists.Instances.class)))
    @ApiResponse(responseCode = "304", description = "Nothing has changed since the ETag of If-None-Match.")
    public Response list(
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("state") @Nullable String state,
            @QueryParam("backend") @Nullable String backend,
            @QueryParam("project") @Nullable String project,
            @QueryParam("q") @Nullable String text,
            @QueryParam("label") @Nullable List<String> labels,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        // Before the list: what changes in between makes the tag too old, never too new.
        String tag = tags.of(caller, request, instances.revision(caller));
        Optional<Response> unchanged = tags.notModified(request, tag);
        if (unchanged.isPresent()) {
            return unchanged.get();
        }
        InstanceQuery query = new InstanceQuery(
                kind(kind),
                Params.choice("state", state, State.class),
                Params.uuid("backend", backend),
                Params.uuid("project", project),
                Params.text("q", text),
                labels(labels == null ? List.of() : labels),
                Params.text("sort", sort),
                Params.page(limit, cursor));
        return Response.ok(json.bytes(instances.list(caller, query)))
                .header(HttpHeaders.ETAG, tag)
                .build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("instance:create")
    @Operation(
            operationId = "createInstance",
            summary = "Create an instance",
            description = "With Prefer: wait=30 the answer waits up to that many seconds for the operation to end.")
    @AnsweredByOperation
    public void create(
            InstanceRequest request,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("Prefer") @Nullable String prefer,
            @Context Caller caller,
            @Suspended AsyncResponse response) {
        NewInstance wanted = request.checked();
        answers.answer(caller, instances.create(caller, wanted, IdempotencyKey.of(key)), prefer, response);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getInstance", summary = "Get an instance")
    @ApiResponse(
            responseCode = "200",
            description = "The instance. The weak ETag changes with its revision.",
            content = @Content(schema = @Schema(implementation = InstanceView.class)))
    @ApiResponse(responseCode = "304", description = "Nothing has changed since the ETag of If-None-Match.")
    public Response get(@PathParam("id") String id, @Context Caller caller, @Context ContainerRequest request) {
        Instance instance = instances.get(caller, Params.id(id, "instance"));
        String tag = tags.of(caller, request, instance.revision());
        return tags.notModified(request, tag).orElseGet(() -> Response.ok(json.bytes(instance))
                .header(HttpHeaders.ETAG, tag)
                .build());
    }

    /** What can be changed of an instance. */
    @Schema(name = "InstanceUpdate", requiredProperties = "projectId")
    public record InstanceUpdate(
            @Schema(
                    implementation = String.class,
                    format = "uuid",
                    nullable = true,
                    description = "The project that it is to belong to; null for none.")
            @Nullable
            JsonNode projectId) {}

    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("instance:update")
    @Operation(
            operationId = "updateInstance",
            summary = "Give an instance to another project, or to none",
            description = "Takes instance:update at the instance and at the project. 409 if the project has no room.")
    @ApiResponse(
            responseCode = "200",
            description = "The instance.",
            content = @Content(schema = @Schema(implementation = InstanceView.class)))
    public Response update(
            @PathParam("id") String id,
            InstanceUpdate request,
            @Context Caller caller,
            @Context ContainerRequest context) {
        UUID instance = Params.id(id, "instance");
        JsonNode project = request.projectId();
        if (project == null || !(project.isNull() || project.isTextual())) {
            throw FreeholdException.invalid("projectId", "must be a UUID, or null for no project");
        }
        Instance moved = instances.move(
                caller, instance, project.isNull() ? null : Params.uuid("projectId", project.textValue()));
        return Response.ok(json.bytes(moved))
                .header(HttpHeaders.ETAG, tags.of(caller, context, moved.revision()))
                .build();
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission("instance:delete")
    @Operation(
            operationId = "deleteInstance",
            summary = "Delete an instance, running or not, with what belongs to it alone")
    @AnsweredByOperation
    public void delete(
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("Prefer") @Nullable String prefer,
            @Context Caller caller,
            @Suspended AsyncResponse response) {
        answers.answer(
                caller, instances.delete(caller, Params.id(id, "instance"), IdempotencyKey.of(key)), prefer, response);
    }

    private static @Nullable Kind kind(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return new Kind(text);
        } catch (IllegalArgumentException e) {
            throw FreeholdException.invalid("kind", "must be upper-case words joined by _");
        }
    }

    private static Map<String, String> labels(List<String> given) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : given) {
            int equals = label.indexOf('=');
            String name = equals < 0 ? label : label.substring(0, equals);
            if (name.isEmpty()) {
                throw FreeholdException.invalid("label", "must be a name, or name=value");
            }
            labels.put(name, equals < 0 ? "" : label.substring(equals + 1));
        }
        return labels;
    }
}
