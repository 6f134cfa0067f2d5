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
import jakarta.ws.rs.core.MediaType;

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

    public OpenApiResource(OpenApiDocument document, Mounted plugins) {
        this.document = document;
        this.plugins = plugins;
    }

    @GET
    @Operation(operationId = "getOpenApi", summary = "This description (OpenAPI 3.1)")
    @ApiResponse(
            responseCode = "200",
            description = "The description.",
            content = @Content(schema = @Schema(type = "object")))
    public byte[] get() {
        return document.with(plugins.descriptions());
    }
}
