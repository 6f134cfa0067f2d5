package io.freehold.rest.memory;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.alert.AlertChannel;
import io.freehold.api.alert.AlertService;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Channels of alerts in a map; a test fails where the address says so. */
public final class MemoryAlerts implements AlertService {
    private final MemorySecurity security;
    private final Map<UUID, AlertChannel> channels = new ConcurrentHashMap<>();
    public volatile @Nullable Secret lastSecret;

    MemoryAlerts(MemorySecurity security) {
        this.security = security;
    }

    @Override
    public List<AlertChannel> list(Caller caller) {
        security.require(caller, Permissions.ALERT_READ, "alert-channels");
        return List.copyOf(channels.values());
    }

    @Override
    public AlertChannel get(Caller caller, UUID id) {
        security.require(caller, Permissions.ALERT_READ, "alert-channels");
        AlertChannel channel = channels.get(id);
        if (channel == null) {
            throw FreeholdException.notFound("alert channel");
        }
        return channel;
    }

    @Override
    public AlertChannel create(Caller caller, AlertChannel.Settings settings, @Nullable Secret secret) {
        security.require(caller, Permissions.ALERT_MANAGE, "alert-channels");
        return put(UUID.randomUUID(), settings, secret, 1);
    }

    private AlertChannel put(UUID id, AlertChannel.Settings settings, @Nullable Secret secret, long version) {
        lastSecret = secret;
        AlertChannel channel = new AlertChannel(id, settings, secret != null, null, "", version);
        channels.put(id, channel);
        return channel;
    }

    @Override
    public AlertChannel update(
            Caller caller, UUID id, AlertChannel.Settings settings, @Nullable Secret secret, long version) {
        if (get(caller, id).version() != version) {
            throw new FreeholdException(ErrorCode.STALE, "It has changed.");
        }
        return put(id, settings, secret, version + 1);
    }

    @Override
    public void delete(Caller caller, UUID id) {
        get(caller, id);
        channels.remove(id);
    }

    @Override
    public String test(Caller caller, UUID id) {
        return get(caller, id).settings().url().contains("bad") ? "answered with status 500" : "";
    }
}
