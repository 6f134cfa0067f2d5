package io.freehold.api.alert;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Manages the channels of alerts. Each method throws {@code DENIED} to whom may not. */
@ProviderType
public interface AlertService {

    /** All of them by name; there are never many. */
    List<AlertChannel> list(Caller caller);

    /**
     * One of them.
     *
     * @throws FreeholdException {@code NOT_FOUND}
     */
    AlertChannel get(Caller caller, UUID id);

    /**
     * Adds a channel.
     *
     * @throws FreeholdException {@code INVALID} naming the field; {@code CONFLICT} if there are too many
     */
    AlertChannel create(Caller caller, AlertChannel.Settings settings, @Nullable Secret secret);

    /**
     * Replaces what a channel consists of.
     *
     * @param secret null keeps the one that it has, unless type, address or user change
     * @param version the one that the change is based on
     * @throws FreeholdException as {@link #create}; {@code NOT_FOUND}; {@code STALE} if it has changed since
     */
    AlertChannel update(Caller caller, UUID id, AlertChannel.Settings settings, @Nullable Secret secret, long version);

    /**
     * Removes a channel.
     *
     * @throws FreeholdException {@code NOT_FOUND}
     */
    void delete(Caller caller, UUID id);

    /**
     * Delivers a message now, once, and says how that went; it may take some seconds.
     *
     * @return what is wrong; empty if it was delivered
     * @throws FreeholdException {@code NOT_FOUND}
     */
    String test(Caller caller, UUID id);
}
