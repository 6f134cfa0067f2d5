package io.freehold.api.plugin;

import org.osgi.annotation.versioning.ConsumerType;

/** Register it as a service to be told when plugins change. Hand over, do not wait. */
@ConsumerType
public interface PluginListener {

    /** A plugin is there, or is not as it was. */
    void changed(Plugin plugin);

    /** A plugin is gone. */
    void removed(Plugin plugin);
}
