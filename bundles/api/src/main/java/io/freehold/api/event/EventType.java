package io.freehold.api.event;

/** What happened. {@link #wireName()} is its name in streams. */
public enum EventType {
    /** An instance appeared or changed; the body is an {@code Instance}. */
    INSTANCE_CHANGED("instance.changed"),
    /** An instance is gone; the body is the {@code Instance} as last known. */
    INSTANCE_REMOVED("instance.removed"),
    /** An operation began, moved on or ended; the body is an {@code Operation}. */
    OPERATION_CHANGED("operation.changed"),
    /** A backend was added, changed or its health did; the body is a {@code RegisteredBackend}. */
    BACKEND_CHANGED("backend.changed"),
    /** A backend was removed; the body is the {@code RegisteredBackend} as last known. */
    BACKEND_REMOVED("backend.removed"),
    /** A plugin was added, replaced, enabled, disabled or refused; the body is a {@code Plugin}. */
    PLUGIN_CHANGED("plugin.changed"),
    /** A plugin is gone; the body is the {@code Plugin} as last known. */
    PLUGIN_REMOVED("plugin.removed"),
    /** Something was recorded in the audit log; the body is an {@code AuditEntry}. */
    AUDIT_WRITTEN("audit.written");

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
