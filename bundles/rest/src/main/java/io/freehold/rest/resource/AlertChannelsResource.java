package io.freehold.rest.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.Secret;
import io.freehold.api.alert.AlertChannel;
import io.freehold.api.alert.AlertEvent;
import io.freehold.api.alert.AlertService;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import io.freehold.rest.http.Problem;
import io.freehold.rest.jersey.Workers;
import io.freehold.rest.view.AlertChannelView;
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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Who is told when something suspicious happens. */
@Path("alert-channels")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "alerts")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class AlertChannelsResource {
    private static final String WHAT = "alert channel";

    private final AlertService alerts;
    private final ETags tags;
    private final Workers slow;

    public AlertChannelsResource(AlertService alerts, ETags tags, Workers slow) {
        this.alerts = alerts;
        this.tags = tags;
        this.slow = slow;
    }

    /** What a channel is to consist of. */
    @Schema(
            name = "NewAlertChannel",
            requiredProperties = {"name", "type", "url", "events"})
    public record NewAlertChannel(
            @Nullable String name,

            @Schema(allowableValues = {"webhook", "email", "ntfy"}) @Nullable
            String type,

            @Schema(description = "https://… or http://…; for mail smtps://host:port or smtp://host:port (STARTTLS)")
            @Nullable
            String url,

            @Schema(description = "Mail: to sign in to the server with.") @Nullable
            String username,

            @Schema(description = "Mail: the sender.") @Nullable
            String from,

            @Schema(description = "Mail: who gets it; several with commas.") @Nullable
            String to,

            @Schema(
                    description =
                            "guessing, new-place, token-replay, mass-denial, privilege-change," + " audit-tampering")
            @Nullable
            List<String> events,

            @Schema(
                    description = "Webhook: the key of the signature; mail: the password; ntfy: an access token."
                            + " Never shown again. Left out in an update, it stays.")
            @Nullable
            String secret) {}

    /** How a test went. */
    @Schema(name = "AlertChannelTest")
    public record TestView(
            boolean ok,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String message) {}

    @GET
    @Operation(operationId = "listAlertChannels", summary = "List the channels of alerts")
    @ApiResponse(
            responseCode = "200",
            description = "A page of them; there are never many.",
            content = @Content(schema = @Schema(implementation = Lists.AlertChannels.class)))
    public Response list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<AlertChannel> page = Params.page(alerts.list(caller), limit, cursor);
        return tags.page(caller, request, page, AlertChannel::hashCode, ListView.of(page, AlertChannelView::of));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("alert:manage")
    @Operation(
            operationId = "createAlertChannel",
            summary = "Add a channel",
            description = "Private addresses are refused when something is delivered, unless the setting"
                    + " alert.private.hosts names their host.")
    @ApiResponse(
            responseCode = "201",
            description = "Added.",
            content = @Content(schema = @Schema(implementation = AlertChannelView.class)))
    public Response create(NewAlertChannel request, @Context Caller caller) {
        AlertChannel channel = alerts.create(caller, settings(request), secret(request));
        return tagged(Response.created(URI.create("/api/v1/alert-channels/" + channel.id())), channel);
    }

    @GET
    @Path("{id}")
    @ApiResponse(
            responseCode = "200",
            description = "The channel; its version is the ETag.",
            content = @Content(schema = @Schema(implementation = AlertChannelView.class)))
    @Operation(operationId = "getAlertChannel", summary = "Get a channel")
    public Response get(@PathParam("id") String id, @Context Caller caller) {
        return tagged(Response.ok(), alerts.get(caller, Params.id(id, WHAT)));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("alert:manage")
    @ApiResponse(
            responseCode = "200",
            description = "Replaced.",
            content = @Content(schema = @Schema(implementation = AlertChannelView.class)))
    @Operation(
            operationId = "updateAlertChannel",
            summary = "Replace what a channel consists of",
            description = "428 without If-Match, 412 if the channel has changed since. A secret that is left out stays,"
                    + " unless type, url or username change.")
    public Response update(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            NewAlertChannel request,
            @Context Caller caller) {
        UUID channel = Params.id(id, WHAT);
        AlertChannel.Settings settings = settings(request);
        return tagged(
                Response.ok(), alerts.update(caller, channel, settings, secret(request), Versions.required(ifMatch)));
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission("alert:manage")
    @Operation(operationId = "deleteAlertChannel", summary = "Remove a channel")
    @ApiResponse(responseCode = "204", description = "Removed.")
    public void delete(@PathParam("id") String id, @Context Caller caller) {
        alerts.delete(caller, Params.id(id, WHAT));
    }

    @POST
    @Path("{id}/test")
    @RequiresPermission("alert:manage")
    @Operation(operationId = "testAlertChannel", summary = "Deliver a test message now")
    @ApiResponse(
            responseCode = "200",
            description = "Whether it was taken, and if not, why.",
            content = @Content(schema = @Schema(implementation = TestView.class)))
    public void test(@PathParam("id") String id, @Context Caller caller, @Suspended AsyncResponse response) {
        slow.answer(response, () -> {
            String problem = alerts.test(caller, Params.id(id, WHAT));
            return problem.isEmpty() ? new TestView(true, null) : new TestView(false, problem);
        });
    }

    /**
     * @throws FreeholdException {@code INVALID} naming what is missing or unknown
     */
    private static AlertChannel.Settings settings(NewAlertChannel request) {
        Requests missing = new Requests();
        String name = missing.text("name", request.name());
        String url = missing.text("url", request.url());
        AlertChannel.Type type = Arrays.stream(AlertChannel.Type.values())
                .filter(one -> AlertChannelView.id(one).equals(request.type()))
                .findFirst()
                .orElse(null);
        if (type == null) {
            missing.wrong("type", "must be webhook, email or ntfy");
        }
        Set<AlertEvent> events = new HashSet<>();
        for (String event : request.events() == null ? List.<String>of() : request.events()) {
            AlertEvent.of(String.valueOf(event))
                    .ifPresentOrElse(
                            events::add,
                            () -> missing.wrong(
                                    "events",
                                    "must be among "
                                            + Arrays.stream(AlertEvent.values())
                                                    .map(AlertEvent::id)
                                                    .collect(Collectors.joining(", "))));
        }
        missing.check();
        return new AlertChannel.Settings(
                name,
                type == null ? AlertChannel.Type.WEBHOOK : type,
                url,
                orEmpty(request.username()),
                orEmpty(request.from()),
                orEmpty(request.to()),
                events);
    }

    private static Response tagged(Response.ResponseBuilder answer, AlertChannel channel) {
        return answer.entity(AlertChannelView.of(channel))
                .header(HttpHeaders.ETAG, Versions.tag(channel.version()))
                .build();
    }

    private static @Nullable Secret secret(NewAlertChannel request) {
        return request.secret() == null || request.secret().isEmpty() ? null : Secret.of(request.secret());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
