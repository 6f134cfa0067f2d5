package io.freehold.rest.resource;

import io.freehold.api.audit.AuditEntry;
import io.freehold.api.backend.RegisteredBackend;
import io.freehold.api.event.Event;
import io.freehold.api.event.EventType;
import io.freehold.api.event.Position;
import io.freehold.api.instance.Instance;
import io.freehold.api.operation.Operation;
import io.freehold.api.plugin.Plugin;
import io.freehold.rest.json.Json;
import io.freehold.rest.json.WeakIdentityCache;
import io.freehold.rest.stream.SseFrame;
import io.freehold.rest.view.AuditEntryView;
import io.freehold.rest.view.BackendView;
import io.freehold.rest.view.InstanceView;
import io.freehold.rest.view.OperationView;
import io.freehold.rest.view.PluginView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Events as frames of a stream; each is made once, however many follow. */
final class EventJson {
    private final WeakIdentityCache<Event, byte[]> frames;
    private final Json json;

    EventJson(Json json) {
        this.json = json;
        frames = new WeakIdentityCache<>(event -> SseFrame.of(event.type().wireName(), event.id(), data(event), json));
    }

    byte[] frame(Event event) {
        return frames.get(event);
    }

    /** What a client gets that has to read the state anew, and where it is then. */
    byte[] reset(Position now) {
        return SseFrame.of("reset", now.id(), head(Instant.now(), now), json);
    }

    /** The same for a client that was too slow. */
    byte[] reset(Position now, long lost) {
        Map<String, Object> data = head(Instant.now(), now);
        data.put("lost", lost);
        return SseFrame.of("reset", now.id(), data, json);
    }

    /**
     * How far an operation is.
     *
     * @param id the last event that it knows of
     */
    byte[] progress(Operation operation, Instant time, long id) {
        Map<String, Object> data = head(time, new Position(id, operation.revision()));
        data.put("operation", OperationView.of(operation));
        return SseFrame.of(EventType.OPERATION_CHANGED.wireName(), null, data, json);
    }

    /** What every event begins with. */
    private static Map<String, Object> head(Instant time, Position at) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("time", time);
        data.put("id", at.id());
        data.put("revision", at.revision());
        return data;
    }

    private static Map<String, Object> data(Event event) {
        Map<String, Object> data = head(event.time(), new Position(event.id(), event.revision()));
        Object body = event.body();
        if (body instanceof Instance instance) {
            data.put("instance", InstanceView.of(instance));
        } else if (body instanceof Operation operation) {
            data.put("operation", OperationView.of(operation));
        } else if (body instanceof RegisteredBackend backend) {
            data.put("backend", BackendView.of(backend));
        } else if (body instanceof Plugin plugin) {
            data.put("plugin", PluginView.of(plugin));
        } else if (body instanceof AuditEntry entry) {
            data.put("audit", AuditEntryView.of(entry));
        } else {
            throw new IllegalStateException("An event of an unknown kind: " + event.type());
        }
        return data;
    }
}
