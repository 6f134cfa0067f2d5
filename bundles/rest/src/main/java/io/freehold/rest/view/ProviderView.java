package io.freehold.rest.view;

import io.freehold.api.backend.BackendService.InstalledProvider;
import io.freehold.api.instance.Kind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** An installed provider as the API shows it. */
@Schema(name = "Provider", description = "A plugin that knows one kind of hosting.")
public record ProviderView(
        String id,
        String name,
        String version,
        List<String> kinds,

        @Schema(description = "JSON Schema (2020-12) of the config of its backends.", type = "object")
        Map<String, Object> configuration) {
    public static ProviderView of(InstalledProvider provider) {
        return new ProviderView(
                provider.info().id(),
                provider.info().name(),
                provider.version(),
                provider.info().kinds().stream().map(Kind::name).toList(),
                FormView.schema(provider.info().configuration()));
    }
}
