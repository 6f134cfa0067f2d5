package io.freehold.rest.resource;

import io.freehold.api.instance.InstanceService;
import io.freehold.api.operation.OperationService;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import io.freehold.rest.http.Problem;
import io.freehold.rest.idempotency.IdempotencyKey;
import io.freehold.rest.json.Json;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be done with an instance, besides creating and deleting it. */
@Path("instances/{id}/actions/{action}")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "instances")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class InstanceActionsResource {
    private final InstanceService instances;
    private final OperationAnswers answers;
    private final Json json;

    public InstanceActionsResource(InstanceService instances, OperationService operations, Json json) {
        this.instances = instances;
        this.answers = new OperationAnswers(operations);
        this.json = json;
    }

    /** How an action is to be done. */
    @Schema(name = "ActionArguments")
    public record Arguments(
            @Schema(
                    minimum = "0",
                    maximum = "3600",
                    description = "For stop and restart: how long to wait before killing, in seconds.")
            @Nullable
            Long timeoutSeconds) {
        Map<String, Object> asMap() {
            return timeoutSeconds == null ? Map.of() : Map.of("timeoutSeconds", timeoutSeconds);
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("instance:{action}")
    @Operation(
            operationId = "actInstance",
            summary = "Do something with an instance: start, stop, restart, kill, pause, resume",
            description = "What can be done now is in the instance's actions. With Prefer: wait=30 the answer waits"
                    + " up to that many seconds for the operation to end.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Arguments.class)))
    @AnsweredByOperation
    public void act(
            @PathParam("id") String id,
            @PathParam("action") String action,
            byte[] body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("Prefer") @Nullable String prefer,
            @Context Caller caller,
            @Suspended AsyncResponse response) {
        answers.answer(
                caller,
                instances.act(caller, Params.id(id, "instance"), action, arguments(body), IdempotencyKey.of(key)),
                prefer,
                response);
    }

    private Map<String, Object> arguments(byte[] body) {
        return body.length == 0 ? Map.of() : json.read(body, Arguments.class).asMap();
    }
}
