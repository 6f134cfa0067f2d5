package io.freehold.core.event;

import io.freehold.api.event.EventType;
import io.freehold.api.plugin.Plugin;
import io.freehold.api.plugin.PluginListener;
import io.freehold.api.security.Permissions;
import io.freehold.core.util.Sequence;

/**
 * Makes an event of every change of a plugin, for those who may read plugins. The events count with the core's own
 * revisions: whoever compares the newest revision that was told with that of an instance compares numbers of one
 * sequence.
 */
public final class PluginEvents implements PluginListener {
    private static final Audience READERS = Audience.holding(Permissions.PLUGIN_READ);

    private final Events events;
    private final Sequence revisions;

    public PluginEvents(Events events, Sequence revisions) {
        this.events = events;
        this.revisions = revisions;
    }

    @Override
    public void changed(Plugin plugin) {
        events.publish(EventType.PLUGIN_CHANGED, revisions.next(), plugin, READERS);
    }

    @Override
    public void removed(Plugin plugin) {
        events.publish(EventType.PLUGIN_REMOVED, revisions.next(), plugin, READERS);
    }
}
