package io.freehold.rest.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freehold.api.Page;
import io.freehold.api.audit.AuditCheckpoint;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditExport;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.AuditQuery;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.rest.http.Problem;
import io.freehold.rest.jersey.Workers;
import io.freehold.rest.json.Json;
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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** The audit log. */
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "audit")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class AuditResource {
    private static final String LINES = "application/x-ndjson";

    private final AuditLog log;
    private final Json json;
    private final ETags tags;
    private final Workers slow;

    public AuditResource(AuditLog log, Json json, ETags tags, Workers slow) {
        this.log = log;
        this.json = json;
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
            String message,

            @Schema(description = "How many checkpoints from outside of the database were compared.")
            long anchors,

            @Schema(description = "How many files of sealed entries were read.")
            long segments) {
        static VerificationView of(AuditLog.Verification found) {
            return new VerificationView(
                    found.ok(),
                    found.entries(),
                    found.head(),
                    found.ok() ? null : found.brokenAt(),
                    found.ok() ? null : found.message(),
                    found.anchors(),
                    found.segments());
        }
    }

    /** The last line of an export. */
    @Schema(name = "AuditCheckpoint")
    public record CheckpointView(
            String checkpoint, long sequence, String hash, Instant time, String key, String signature) {
        static CheckpointView of(AuditCheckpoint end) {
            return new CheckpointView(
                    "freehold-checkpoint-1", end.sequence(), end.hash(), end.time(), end.key(), end.signature());
        }
    }

    @GET
    @Operation(
            operationId = "listAudits",
            summary = "Read the audit log, newest first",
            description = "Entries that were sealed for their age are not in it; exports have them.")
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
                        Params.text("actor", actor),
                        Params.text("action", action),
                        Params.text("resource", resource),
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
        slow.answer(response, () -> VerificationView.of(log.verify(caller)));
    }

    @GET
    @Path("export")
    @Produces({LINES, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "exportAudit",
            summary = "Export the audit log",
            description =
                    "JSON lines, oldest first: each an entry as GET /audit shows it, and at last a signed"
                            + " checkpoint. Without from and to it is the whole log, sealed entries and all. bin/freehold audit verify checks it.")
    @ApiResponse(
            responseCode = "200",
            description = "The entries and the checkpoint.",
            content = @Content(mediaType = LINES, schema = @Schema(type = "string")))
    public void export(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context Caller caller,
            @Suspended AsyncResponse response) {
        Instant first = Params.time("from", from);
        Instant last = Params.time("to", to);
        slow.answer(response, () -> {
            AuditExport export = log.export(caller, first, last);
            return Response.ok((StreamingOutput) out -> write(export, out), LINES)
                    .header("Content-Disposition", "attachment; filename=\"freehold-audit.jsonl\"")
                    .build();
        });
    }

    private void write(AuditExport export, OutputStream out) throws IOException {
        try {
            AuditCheckpoint end = export.writeTo(entry -> line(AuditEntryView.of(entry), out));
            line(CheckpointView.of(end), out);
        } catch (UncheckedIOException e) {
            throw e.getCause(); // the client has gone
        }
    }

    private void line(Object value, OutputStream out) {
        try {
            out.write(json.bytes(value));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
