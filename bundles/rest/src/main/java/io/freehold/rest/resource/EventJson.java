package io.freehold.rest.resource;

import io.freehold.api.audit.AuditEntry;
import io.freehold.api.backend.RegisteredBackend;
import io.freehold.api.event.Event;
import io.freehold.api.instance.Instance;
import io.freehold.api.operation.Operation;
import io.freehold.rest.json.Json;
import io.freehold.rest.json.WeakIdentityCache;
import io.freehold.rest.stream.SseFrame;
import io.freehold.rest.view.AuditEntryView;
import io.freehold.rest.view.BackendView;
import io.freehold.rest.view.InstanceView;
import io.freehold.rest.view.OperationView;
import java.util.LinkedHashMap;
import java.util.Map;

/** Events as frames of a stream; each is made once, however many follow. */
final class EventJson {
    private final WeakIdentityCache<Event, byte[]> frames;

    EventJson(Json json) {
        frames = new WeakIdentityCache<>(event -> SseFrame.of(event.type().wireName(), event.id(), data(event), json));
    }

    byte[] frame(Event event) {
        return frames.get(event);
    }

    private static Map<String, Object> data(Event event) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("time", event.time());
        data.put("id", event.id());
        data.put("revision", event.revision());
        Object body = event.body();
        if (body instanceof Instance instance) {
            data.put("instance", InstanceView.of(instance));
        } else if (body instanceof Operation operation) {
            data.put("operation", OperationView.of(operation));
        } else if (body instanceof RegisteredBackend backend) {
            data.put("backend", BackendView.of(backend));
        } else if (body instanceof AuditEntry entry) {
            data.put("audit", AuditEntryView.of(entry));
        } else {
            throw new IllegalStateException("An event of an unknown kind: " + event.type());
        }
        return data;
    }
}
