package io.freehold.rest.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freehold.api.alert.AlertChannel;
import io.freehold.api.alert.AlertEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A channel of alerts as the API shows it; its secret never. */
@Schema(name = "AlertChannel")
public record AlertChannelView(
        UUID id,
        String name,

        @Schema(allowableValues = {"webhook", "email", "ntfy"})
        String type,

        String url,
        String username,
        String from,
        String to,
        List<String> events,
        boolean hasSecret,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "When something was last delivered since the start.")
        @Nullable
        Instant deliveredAt,

        @Schema(description = "Why the last delivery failed; empty if it did not.")
        String problem) {
    public static AlertChannelView of(AlertChannel channel) {
        AlertChannel.Settings settings = channel.settings();
        return new AlertChannelView(
                channel.id(),
                settings.name(),
                id(settings.type()),
                settings.url(),
                settings.username(),
                settings.from(),
                settings.to(),
                settings.events().stream().map(AlertEvent::id).sorted().toList(),
                channel.hasSecret(),
                channel.deliveredAt(),
                channel.problem());
    }

    /** What the API calls a type. */
    public static String id(AlertChannel.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
