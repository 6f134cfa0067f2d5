package io.freehold.api.audit;

import io.freehold.api.FreeholdException;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** A range of the audit log without gaps, read piece by piece, so that a slow reader holds up nobody. */
@ProviderType
public interface AuditExport {

    /**
     * Hands over every entry, oldest first.
     *
     * @return what the export ends with: the last entry, signed, so that a cut end shows
     * @throws FreeholdException {@code UNAVAILABLE} if the database cannot be read; what was handed over is no
     *     whole export then
     */
    AuditCheckpoint writeTo(Consumer<AuditEntry> sink);
}
