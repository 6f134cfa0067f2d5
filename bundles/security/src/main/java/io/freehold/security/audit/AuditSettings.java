package io.freehold.security.audit;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.security.support.Durations;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the audit log.
 *
 * @param anchorFile where checkpoints are added
 * @param anchorPost where they are sent as well, if anywhere
 * @param retention how old entries get in the database before they are sealed; null: they stay
 * @param segmentRetention how old entries get in sealed segments before Freehold removes these; null: they stay
 */
public record AuditSettings(
        Path anchorFile,
        @Nullable AnchorPost anchorPost,
        @Nullable Duration retention,
        @Nullable Duration segmentRetention) {
    private static final String RETENTION = "audit.retention";
    private static final String SEGMENT_RETENTION = "audit.retention.segments";

    /**
     * Reads them.
     *
     * @throws FreeholdException {@code INVALID} naming the setting that makes no sense
     */
    public static AuditSettings of(Settings settings) {
        Path file = settings.data().resolve(settings.text("audit.anchor.file").orElse("audit-anchors"));
        Duration retention = Durations.of(settings, RETENTION).orElse(null);
        Duration segments = Durations.of(settings, SEGMENT_RETENTION).orElse(null);
        if (segments != null && (retention == null || segments.compareTo(retention) < 0)) {
            throw FreeholdException.invalid(
                    SEGMENT_RETENTION,
                    retention == null
                            ? "needs audit.retention: without it nothing is sealed"
                            : "must not be shorter than audit.retention");
        }
        return new AuditSettings(
                file, settings.text("audit.anchor.url").map(AuditSettings::post).orElse(null), retention, segments);
    }

    private static AnchorPost post(String url) {
        try {
            URI address = URI.create(url);
            if (address.getHost() != null
                    && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
                return new AnchorPost(address);
            }
        } catch (IllegalArgumentException e) {
            // falls through to the one message for both
        }
        throw FreeholdException.invalid(
                "audit.anchor.url", "must be an address such as https://log.example.org/anchors");
    }
}
