package io.freehold.rest.resource;

import io.freehold.rest.http.Problem;
import io.freehold.rest.plugin.Mounted;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** The description of all this, made when the bundle was built. */
@Path("openapi.json")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "system")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class OpenApiResource {
    private final OpenApiDocument document;
    private final Mounted plugins;
    private final ETags tags;
    private volatile @Nullable Merged merged;

    public OpenApiResource(OpenApiDocument document, Mounted plugins, ETags tags) {
        this.document = document;
        this.plugins = plugins;
        this.tags = tags;
    }

    /** The document for as long as plugins serve what they serve. */
    private static final class Merged {
        private final long changes;
        private final byte[] bytes;
        private final String tag;

        Merged(long changes, byte[] bytes) {
            this.changes = changes;
            this.bytes = bytes;
            this.tag = ETags.ofContent(bytes);
        }
    }

    @GET
    @Operation(operationId = "getOpenApi", summary = "This description (OpenAPI 3.1)")
    @ApiResponse(
            responseCode = "200",
            description = "The description.",
            content = @Content(schema = @Schema(type = "object")))
    public Response get(@Context ContainerRequest request) {
        Merged present = merged();
        return tags.notModified(request, present.tag).orElseGet(() -> Response.ok(present.bytes)
                .header(HttpHeaders.ETAG, present.tag)
                .build());
    }

    private Merged merged() {
        // Looked at first: what changes while the document is made makes it out of date.
        long changes = plugins.changes();
        Merged known = merged;
        if (known == null || known.changes != changes) {
            known = new Merged(changes, document.with(plugins.descriptions()));
            merged = known;
        }
        return known;
    }
}
