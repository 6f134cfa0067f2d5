package io.freehold.rest.resource;

import io.freehold.api.FreeholdException;
import io.freehold.api.Subscription;
import io.freehold.api.instance.InstanceService;
import io.freehold.api.instance.InstanceStreams;
import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.LogListener;
import io.freehold.api.provider.Sample;
import io.freehold.api.security.Access;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.rest.http.Problem;
import io.freehold.rest.jersey.Workers;
import io.freehold.rest.json.Json;
import io.freehold.rest.stream.EventStreams;
import io.freehold.rest.stream.Kept;
import io.freehold.rest.stream.SseConnection;
import io.freehold.rest.stream.SseFrame;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What an instance says and uses while it runs. */
@Path("instances")
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "instances")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class InstanceStreamsResource {
    private static final int DEFAULT_TAIL = 1_000;
    private static final int MAX_TAIL = 10_000;
    private static final byte[] NOTHING = {'{', '}'};

    private final InstanceService instances;
    private final InstanceStreams streams;
    private final EventStreams events;
    private final Json json;
    private final Workers slow;

    public InstanceStreamsResource(
            InstanceService instances, InstanceStreams streams, EventStreams events, Json json, Workers slow) {
        this.instances = instances;
        this.streams = streams;
        this.events = events;
        this.json = json;
        this.slow = slow;
    }

    @GET
    @Path("{id}/logs")
    @Produces({MediaType.TEXT_PLAIN, MediaType.SERVER_SENT_EVENTS})
    @Operation(
            operationId = "logsInstance",
            summary = "Read the last lines of the log, and follow it",
            description = "Plain text, of which a provider may leave out older lines and say so in the first, or with"
                    + " follow=true server-sent events: log {time, text} for each line,"
                    + " gap {lines} where a slow reader lost some, end when nothing more will come.")
    @ApiResponse(
            responseCode = "200",
            description = "The log.",
            content = {
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = "string"))
            })
    public void logs(
            @PathParam("id") String id,
            @QueryParam("tail") @Nullable String tail,
            @QueryParam("follow") @Nullable String follow,
            @Context Caller caller,
            @Suspended AsyncResponse response) {
        UUID instance = Params.id(id, "instance");
        int lines = Params.integer("tail", tail, DEFAULT_TAIL, 0, MAX_TAIL);
        slow.answer(
                response,
                () -> "true".equals(follow)
                        ? followLogs(caller, instance, lines)
                        : Response.ok(text(streams.logs(caller, instance, lines)), "text/plain;charset=utf-8")
                                .build());
    }

    @GET
    @Path("{id}/stats")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "statsInstance",
            summary = "What the instance uses now",
            description = "Counters grow from the instance's start on.")
    @ApiResponse(
            responseCode = "200",
            description = "A measurement, at most a second or two old; with Accept: text/event-stream one about"
                    + " every second, as events stats.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Sample.class)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = "string"))
            })
    public void stats(
            @PathParam("id") String id,
            @Parameter(hidden = true) @QueryParam("since") @Nullable String since,
            @Context Caller caller,
            @Suspended AsyncResponse response) {
        UUID instance = Params.id(id, "instance");
        refuseHistory(since);
        slow.answer(response, () -> streams.stats(caller, instance));
    }

    @GET
    @Path("{id}/stats")
    // For those who ask for it alone: who names no type gets JSON.
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    @Operation(hidden = true)
    public void followStats(
            @PathParam("id") String id,
            @QueryParam("since") @Nullable String since,
            @Context Caller caller,
            @Suspended AsyncResponse response) {
        UUID instance = Params.id(id, "instance");
        refuseHistory(since);
        slow.answer(
                response,
                () -> stream(
                        caller,
                        instance,
                        "stats",
                        stream -> streams.followStats(
                                caller, instance, sample -> stream.send(SseFrame.of("stats", null, sample, json)))));
    }

    /** No measurement is kept, and one alone would pass for a history. */
    private static void refuseHistory(@Nullable String since) {
        if (since != null) {
            throw FreeholdException.invalid(
                    "since",
                    "asks for measurements of the past, which are not kept; leave it out for what is used now, or"
                            + " follow it with Accept: text/event-stream");
        }
    }

    @GET
    @Path("{id}/console")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "consoleInstance",
            summary = "Open the console as a WebSocket",
            description = "Authenticate by the Authorization header, or offer the subprotocols freehold.v1 and"
                    + " freehold.ticket.{ticket}. JSON text frames: {type:output,data} ({type:output,gap,data:''}"
                    + " where a slow reader lost gap bytes), {type:state,state}, {type:stats,…}, {type:error,detail}"
                    + " out; {type:input,data}, {type:resize,columns,rows} in. Closes with 1000 when the instance has"
                    + " ended, 1008 when the session has, 1012 when the connection to it is renewed, 1011 on a fault.")
    @ApiResponse(responseCode = "101", description = "The console is open.")
    @ApiResponse(
            responseCode = "426",
            description = "This is not a request for a WebSocket.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response console(@PathParam("id") String id) {
        return Response.status(426)
                .header("Upgrade", "websocket")
                .header("Connection", "Upgrade")
                .entity(Problem.of(426, "UPGRADE_REQUIRED", "A console is a WebSocket."))
                .build();
    }

    private Response followLogs(Caller caller, UUID instance, int tail) {
        return stream(
                caller,
                instance,
                "gap",
                stream -> streams.followLogs(caller, instance, tail, new LogListener() {
                    @Override
                    public void line(LogLine line) {
                        stream.send(SseFrame.of("log", null, line, json));
                    }

                    @Override
                    public void ended() {
                        stream.end(SseFrame.of("end", null, NOTHING));
                    }
                }));
    }

    private Response stream(Caller caller, UUID id, String lossEvent, Function<SseConnection, Subscription> begin) {
        Predicate<Access> allowed = new Kept(Permissions.INSTANCE_OBSERVE, instances.get(caller, id), instances);
        SseConnection stream =
                events.open(caller, allowed, lost -> SseFrame.of(lossEvent, null, Map.of("lines", lost), json));
        try {
            stream.source(begin.apply(stream));
        } catch (RuntimeException e) {
            stream.abandon();
            throw e;
        }
        return Response.ok(stream, MediaType.SERVER_SENT_EVENTS).build();
    }

    /** Written line by line: a long log is in memory once. */
    private static StreamingOutput text(List<LogLine> lines) {
        return out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            for (LogLine line : lines) {
                writer.append(line.text()).append('\n');
            }
            writer.flush();
        };
    }
}
