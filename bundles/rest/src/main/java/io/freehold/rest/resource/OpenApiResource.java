package io.freehold.rest.resource;

import io.freehold.rest.http.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of all this, made when the bundle was built. */
@Path("openapi.json")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "system")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class OpenApiResource {
    static final String FILE = "/openapi/openapi.json";

    @GET
    @Operation(operationId = "getOpenApi", summary = "This description (OpenAPI 3.1)")
    @ApiResponse(
            responseCode = "200",
            description = "The description.",
            content = @Content(schema = @Schema(type = "object")))
    public byte[] get() {
        try (InputStream in = OpenApiResource.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("The bundle was built without " + FILE);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
