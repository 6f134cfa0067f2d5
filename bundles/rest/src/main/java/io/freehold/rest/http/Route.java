package io.freehold.rest.http;

import org.jspecify.annotations.Nullable;

/**
 * One thing that clients can ask for.
 *
 * @param method of HTTP; {@code HEAD} goes wherever {@code GET} does
 * @param path with names of parameters in braces, such as {@code /api/v1/users/{id}}
 * @param open whether it needs no credential
 * @param permission what {@code @RequiresPermission} says, perhaps with names of parameters in braces; null where a
 *     service alone decides
 * @param plugin the symbolic name of the plugin that serves it; null for Freehold itself
 */
public record Route(
        Kind kind,
        String method,
        String path,
        boolean open,
        @Nullable String permission,
        @Nullable String plugin) {

    /** What answers. */
    public enum Kind {
        /** A method of a resource. */
        REST,
        /** The same, as server-sent events. */
        SSE,
        /** An upgrade to a WebSocket. */
        WEBSOCKET,
        /** Anything else. */
        HANDLER
    }

    /** The same, open or not. */
    Route open(boolean toEverybody) {
        return new Route(kind, method, path, toEverybody, permission, plugin);
    }

    /** The same, of a plugin. */
    public Route ofPlugin(String id) {
        return new Route(kind, method, path, open, permission, id);
    }
}
