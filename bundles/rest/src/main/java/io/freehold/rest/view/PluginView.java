package io.freehold.rest.view;

import io.freehold.api.plugin.Plugin;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plugin as the API shows it. */
@Schema(name = "Plugin", description = "A plugin, or a file that was offered as one and refused.")
public record PluginView(
        @Schema(description = "The symbolic name; the file's name where it says none.")
        String id,

        String symbolicName,
        String version,
        String name,
        Plugin.Source source,
        Plugin.State state,

        @Schema(description = "What is wrong and what to do.") @Nullable
        String problem,

        @Schema(description = "The trusted publisher who signed it.") @Nullable
        String publisher,

        @Schema(description = "What rollback brings back.") @Nullable
        String previousVersion,

        @Schema(description = "What it needs of others.") List<String> requires,
        @Schema(description = "What others get from it.") List<String> provides,
        Instant changedAt) {
    public static PluginView of(Plugin plugin) {
        return new PluginView(
                plugin.id(),
                plugin.id(),
                plugin.version(),
                plugin.name(),
                plugin.source(),
                plugin.state(),
                plugin.problem(),
                plugin.publisher(),
                plugin.previousVersion(),
                plugin.asks(),
                plugin.brings(),
                plugin.changedAt());
    }
}
