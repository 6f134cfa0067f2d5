package io.freehold.rest.resource;

import io.freehold.api.event.Event;
import io.freehold.api.event.EventBus;
import io.freehold.api.event.EventListener;
import io.freehold.api.event.Position;
import io.freehold.api.security.Caller;
import io.freehold.rest.http.Problem;
import io.freehold.rest.json.Json;
import io.freehold.rest.stream.EventStreams;
import io.freehold.rest.stream.SseConnection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Everything that changes, as it happens. */
@Path("events")
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "events")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class EventsResource {
    /** No event has this id, so whoever resumes from it is reset. */
    private static final long NEVER = -1;

    private final EventBus bus;
    private final EventStreams streams;
    private final EventJson frames;

    public EventsResource(EventBus bus, EventStreams streams, Json json) {
        this.bus = bus;
        this.streams = streams;
        this.frames = new EventJson(json);
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "followEvents",
            summary = "Follow what changes",
            description =
                    "Server-sent events: instance.changed, instance.removed, operation.changed,"
                            + " backend.changed, backend.removed, plugin.changed, plugin.removed, audit.written, each {time, id, revision, and the whole"
                            + " thing}, by permission. Last-Event-ID resumes; after reset {time, id, revision}, read the state anew.")
    @ApiResponse(
            responseCode = "200",
            description = "The stream; it ends with the session.",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = "string")))
    public Response follow(@HeaderParam("Last-Event-ID") @Nullable String lastEventId, @Context Caller caller) {
        AtomicReference<Position> reached = new AtomicReference<>(bus.position());
        // The bus itself asks at each event whether the caller may see it.
        SseConnection stream = streams.open(caller, access -> true, lost -> frames.reset(reached.get(), lost));
        try {
            EventListener listener = new Follower(stream, reached);
            stream.source(
                    lastEventId == null || lastEventId.isEmpty()
                            ? bus.subscribe(caller, listener)
                            : bus.resume(caller, id(lastEventId), listener));
        } catch (RuntimeException e) {
            stream.abandon();
            throw e;
        }
        return Response.ok(stream, MediaType.SERVER_SENT_EVENTS)
                .header("X-Accel-Buffering", "no")
                .build();
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return NEVER;
        }
    }

    private final class Follower implements EventListener {
        private final SseConnection stream;
        private final AtomicReference<Position> reached;

        Follower(SseConnection stream, AtomicReference<Position> reached) {
            this.stream = stream;
            this.reached = reached;
        }

        @Override
        public void onEvent(Event event) {
            long newest = Math.max(reached.get().revision(), event.revision());
            reached.set(new Position(event.id(), newest));
            stream.send(frames.frame(event));
        }

        @Override
        public void onReset(Position now) {
            reached.set(now);
            stream.send(frames.reset(now));
        }
    }
}
