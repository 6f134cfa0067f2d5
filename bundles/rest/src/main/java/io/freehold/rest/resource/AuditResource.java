package io.freehold.rest.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freehold.api.Page;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.AuditQuery;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.rest.http.Problem;
import io.freehold.rest.jersey.Workers;
import io.freehold.rest.view.AuditEntryView;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.Lists;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** The audit log. */
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@Tag(name = "audit")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class AuditResource {
    private final AuditLog log;
    private final ETags tags;
    private final Workers slow;

    public AuditResource(AuditLog log, ETags tags, Workers slow) {
        this.log = log;
        this.tags = tags;
        this.slow = slow;
    }

    /** What walking the chain found. */
    @Schema(name = "AuditVerification")
    public record VerificationView(
            boolean ok,
            long entries,
            String head,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long brokenAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String message) {}

    @GET
    @Operation(operationId = "listAudits", summary = "Read the audit log, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "A page of entries.",
            content = @Content(schema = @Schema(implementation = Lists.AuditEntries.class)))
    public Response list(
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("action") @Nullable String action,
            @QueryParam("resource") @Nullable String resource,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<AuditEntry> page = log.list(
                caller,
                new AuditQuery(
                        Params.text(actor),
                        Params.text(action),
                        Params.text(resource),
                        Params.choice("outcome", outcome, Outcome.class),
                        Params.time("from", from),
                        Params.time("to", to),
                        Params.page(limit, cursor)));
        return tags.page(caller, request, page, AuditEntry::sequence, ListView.of(page, AuditEntryView::of));
    }

    @GET
    @Path("verify")
    @Operation(operationId = "verifyAudit", summary = "Walk the whole chain of hashes")
    @ApiResponse(
            responseCode = "200",
            description = "Whether every entry is there and unchanged, and if not, where it breaks.",
            content = @Content(schema = @Schema(implementation = VerificationView.class)))
    public void verify(@Context Caller caller, @Suspended AsyncResponse response) {
        slow.answer(response, () -> {
            AuditLog.Verification found = log.verify(caller);
            return found.ok()
                    ? new VerificationView(true, found.entries(), found.head(), null, null)
                    : new VerificationView(false, found.entries(), found.head(), found.brokenAt(), found.message());
        });
    }
}
