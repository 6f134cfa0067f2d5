package io.freehold.api.plugin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin as it is now, or a file that was offered as one and refused.
 *
 * @param id its symbolic name; the file's name where it says none
 * @param version as its manifest says; empty where it says none
 * @param name for people
 * @param source where it came from
 * @param problem what is wrong and what to do, in one line; null if nothing is
 * @param publisher the trusted publisher who signed it; null if none did
 * @param previousVersion the version that {@link PluginService#rollBack} brings back; null if there is none
 * @param asks what it needs of others: {@code package …}, {@code service …}
 * @param brings what others get from it: {@code service …}, {@code permission …}
 * @param changedAt when it was last added, replaced, enabled, disabled or refused
 * @param revision differs whenever anything of this does
 */
public record Plugin(
        String id,
        String version,
        String name,
        Source source,
        State state,
        @Nullable String problem,
        @Nullable String publisher,
        @Nullable String previousVersion,
        List<String> asks,
        List<String> brings,
        Instant changedAt,
        long revision) {
    public Plugin {
        asks = List.copyOf(asks);
        brings = List.copyOf(brings);
    }

    /** Where a plugin came from. */
    public enum Source {
        /** A file in the {@code deploy} folder, which leads: the plugin is what the file is. */
        DEPLOYED,
        /** Uploaded. */
        UPLOADED
    }

    /** What a plugin is doing. */
    public enum State {
        /** It is being started. */
        STARTING,
        /** It runs. */
        ACTIVE,
        /** Somebody disabled it. */
        DISABLED,
        /** It does not run, and {@link Plugin#problem} says why. */
        FAILED
    }
}
