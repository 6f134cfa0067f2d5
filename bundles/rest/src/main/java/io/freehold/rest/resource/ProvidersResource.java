package io.freehold.rest.resource;

import io.freehold.api.Page;
import io.freehold.api.backend.BackendService;
import io.freehold.api.backend.BackendService.InstalledProvider;
import io.freehold.api.security.Caller;
import io.freehold.rest.http.Problem;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.Lists;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

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
    private final ETags tags;

    public ProvidersResource(BackendService backends, ETags tags) {
        this.backends = backends;
        this.tags = tags;
    }

    @GET
    @ApiResponse(
            responseCode = "200",
            description = "A page of them.",
            content = @Content(schema = @Schema(implementation = Lists.Providers.class)))
    @Operation(operationId = "listProviders", summary = "List the providers that can make backends now")
    public Response list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<InstalledProvider> page = Params.page(backends.providers(caller), limit, cursor);
        return tags.page(
                caller,
                request,
                page,
                provider -> Objects.hash(
                        provider.info().id(),
                        provider.version(),
                        provider.info().kinds()),
                ListView.of(page, ProviderView::of));
    }
}
