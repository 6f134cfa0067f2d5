package io.freehold.api.plugin;

import io.freehold.api.FreeholdException;
import io.freehold.api.security.Caller;
import java.io.InputStream;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Manages plugins on behalf of a caller. Reading takes {@code plugin:read}, everything else
 * {@code plugin:manage}. Changes wait for the plugin to start or stop, a few seconds at the most.
 *
 * <p>Every method throws {@code NOT_FOUND} for an id that there is not, {@code DENIED} without the permission.
 */
@ProviderType
public interface PluginService {

    /** All of them, by id, refused files among them. */
    List<Plugin> list(Caller caller);

    Plugin get(Caller caller, String id);

    /**
     * Adds a plugin, which is disabled until somebody who has seen what it asks for enables it; or replaces the
     * version that is there, which stays enabled or not. When the new one does not come up the one before is brought
     * back.
     *
     * @param jar the whole bundle, read to its end and left open
     * @throws FreeholdException {@code INVALID} naming {@code jar} if it is no bundle, not signed by a trusted
     *     publisher, changed since, revoked, or does not come up; {@code CONFLICT} if the plugin is in the
     *     {@code deploy} folder
     */
    Plugin upload(Caller caller, InputStream jar);

    /**
     * Replaces a plugin, as {@link #upload} does.
     *
     * @throws FreeholdException {@code INVALID} if the jar is that of another plugin
     */
    Plugin update(Caller caller, String id, InputStream jar);

    /**
     * Starts a plugin, now and at every start of Freehold.
     *
     * @throws FreeholdException {@code INVALID} naming {@code jar} if it does not come up or its publisher is not trusted
     *     any more; {@code CONFLICT} while a call of its activator has not returned
     */
    Plugin enable(Caller caller, String id);

    /** Stops a plugin until it is enabled. */
    Plugin disable(Caller caller, String id);

    /**
     * Brings back the version before the present one, which becomes the one before.
     *
     * @throws FreeholdException {@code CONFLICT} if there is none or the plugin is in the {@code deploy} folder
     */
    Plugin rollBack(Caller caller, String id);

    /**
     * Removes a plugin.
     *
     * @throws FreeholdException {@code CONFLICT} if the plugin is in the {@code deploy} folder: remove the file
     */
    void uninstall(Caller caller, String id);
}
