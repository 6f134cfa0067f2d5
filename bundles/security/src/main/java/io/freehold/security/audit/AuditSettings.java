package io.freehold.security.audit;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the audit log.
 *
 * @param anchorFile where checkpoints are added
 * @param anchorPost where they are sent as well, if anywhere
 */
public record AuditSettings(Path anchorFile, @Nullable AnchorPost anchorPost) {

    /**
     * Reads them.
     *
     * @throws FreeholdException {@code INVALID} naming the setting that makes no sense
     */
    public static AuditSettings of(Settings settings) {
        Path file = settings.data().resolve(settings.text("audit.anchor.file").orElse("audit-anchors"));
        return new AuditSettings(
                file, settings.text("audit.anchor.url").map(AuditSettings::post).orElse(null));
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
