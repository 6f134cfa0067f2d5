package io.freehold.rest.resource;

import io.freehold.api.Page;
import io.freehold.api.event.Event;
import io.freehold.api.event.EventBus;
import io.freehold.api.event.EventListener;
import io.freehold.api.event.Position;
import io.freehold.api.operation.OperationQuery;
import io.freehold.api.operation.OperationService;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.security.Caller;
import io.freehold.rest.http.Problem;
import io.freehold.rest.json.Json;
import io.freehold.rest.stream.EventStreams;
import io.freehold.rest.stream.SseConnection;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.Lists;
import io.freehold.rest.view.OperationView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Operations: what is being done, and what became of it. */
@Path("operations")
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "operations")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class OperationsResource {
    private final OperationService operations;
    private final EventBus bus;
    private final EventStreams streams;
    private final ETags tags;
    private final EventJson frames;

    public OperationsResource(OperationService operations, EventBus bus, EventStreams streams, ETags tags, Json json) {
        this.operations = operations;
        this.bus = bus;
        this.streams = streams;
        this.tags = tags;
        this.frames = new EventJson(json);
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listOperations", summary = "List operations, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "A page of operations.",
            content = @Content(schema = @Schema(implementation = Lists.Operations.class)))
    public Response list(
            @QueryParam("instance") @Nullable String instance,
            @QueryParam("status") @Nullable String status,
            @QueryParam("action") @Nullable String action,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<io.freehold.api.operation.Operation> page = operations.list(
                caller,
                new OperationQuery(
                        Params.uuid("instance", instance),
                        Params.choice("status", status, OperationStatus.class),
                        Params.text("action", action),
                        Params.page(limit, cursor)));
        return tags.page(
                caller,
                request,
                page,
                operation -> operation.id().hashCode() * 31L + operation.revision(),
                ListView.of(page, OperationView::of));
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getOperation", summary = "Get an operation")
    @ApiResponse(
            responseCode = "200",
            description = "The operation, or with Accept: text/event-stream its progress: events"
                    + " operation.changed until it has ended.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = OperationView.class)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = "string"))
            })
    public OperationView get(@PathParam("id") String id, @Context Caller caller) {
        return OperationView.of(operations.get(caller, Params.id(id, "operation")));
    }

    @GET
    @Path("{id}")
    // For those who ask for it alone: who names no type gets JSON.
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    @Operation(hidden = true)
    public Response follow(@PathParam("id") String id, @Context Caller caller) {
        UUID wanted = Params.id(id, "operation");
        // Before the operation is read, so that no change falls between the two.
        Position now = bus.position();
        io.freehold.api.operation.Operation operation = operations.get(caller, wanted);
        SseConnection stream = streams.open(caller, access -> true, lost -> frames.reset(bus.position(), lost));
        try {
            Progress progress = new Progress(stream, wanted);
            progress.show(operation, Instant.now(), now.id());
            stream.source(bus.resume(caller, now.id(), progress));
        } catch (RuntimeException e) {
            stream.abandon();
            throw e;
        }
        return Response.ok(stream, MediaType.SERVER_SENT_EVENTS).build();
    }

    @DELETE
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "cancelOperation",
            summary = "Ask an operation to end",
            description = "One that runs ends at its next safe point, and may still succeed.")
    @ApiResponse(
            responseCode = "200",
            description = "It has ended.",
            content = @Content(schema = @Schema(implementation = OperationView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "It will end.",
            content = @Content(schema = @Schema(implementation = OperationView.class)))
    public Response cancel(@PathParam("id") String id, @Context Caller caller) {
        io.freehold.api.operation.Operation operation = operations.cancel(caller, Params.id(id, "operation"));
        return Response.status(operation.status().ended() ? 200 : 202)
                .entity(OperationView.of(operation))
                .build();
    }

    /** Sends each newer state of one operation, and ends with it. */
    private final class Progress implements EventListener {
        private final SseConnection stream;
        private final UUID id;
        private long shown = -1;

        Progress(SseConnection stream, UUID id) {
            this.stream = stream;
            this.id = id;
        }

        @Override
        public void onEvent(Event event) {
            if (event.body() instanceof io.freehold.api.operation.Operation operation
                    && operation.id().equals(id)) {
                show(operation, event.time(), event.id());
            }
        }

        @Override
        public void onReset(Position now) {
            stream.send(frames.reset(now));
        }

        synchronized void show(io.freehold.api.operation.Operation operation, Instant time, long id) {
            if (operation.revision() <= shown) {
                return;
            }
            shown = operation.revision();
            byte[] frame = frames.progress(operation, time, id);
            if (operation.status().ended()) {
                stream.end(frame);
            } else {
                stream.send(frame);
            }
        }
    }
}
