package io.freehold.rest.resource;

import io.freehold.api.backend.BackendService;
import io.freehold.api.security.Caller;
import io.freehold.rest.http.Problem;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.ProviderView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Installed providers. */
@Path("providers")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "backends")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class ProvidersResource {
    private final BackendService backends;

    public ProvidersResource(BackendService backends) {
        this.backends = backends;
    }

    @GET
    @ApiResponse(responseCode = "200", description = "All of them.", useReturnTypeSchema = true)
    @Operation(operationId = "listProviders", summary = "List the providers that can make backends now")
    public ListView<ProviderView> list(@Context Caller caller) {
        return ListView.whole(
                backends.providers(caller).stream().map(ProviderView::of).toList());
    }
}
