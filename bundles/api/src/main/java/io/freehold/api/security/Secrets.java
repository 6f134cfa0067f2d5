package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Encrypts secrets that must be stored, with the installation's own key. Each is bound to the row that it
 * belongs to: moved to another row it cannot be opened.
 */
@ProviderType
public interface Secrets {

    /**
     * Encrypts.
     *
     * @param row what it belongs to, such as {@code backends/{id}/clientKey}
     * @return text to store
     */
    String seal(Secret secret, String row);

    /**
     * Decrypts what {@link #seal} returned for the same row.
     *
     * @throws FreeholdException {@code INTERNAL} if it was changed, moved, or sealed with another key
     */
    Secret open(String sealed, String row);
}
