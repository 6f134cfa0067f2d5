package io.freehold.plugins;

import io.freehold.api.plugin.Plugin.Source;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a plugin.
 *
 * @param enabled whether it is to run
 * @param present the version that is installed
 * @param previous the version before; null if there was none
 */
record Row(
        String id,
        Source source,
        boolean enabled,
        Release present,
        @Nullable Release previous,
        Instant changedAt) {

    /**
     * One version of a plugin.
     *
     * @param sha256 of its jar
     * @param publisher the trusted publisher who signed it; null if none did
     */
    record Release(String version, String sha256, @Nullable String publisher) {}

    /** The plugin after another release took the place of the present one. */
    Row with(Source from, Release next, Instant now) {
        return new Row(id, from, enabled, next, next.sha256().equals(present.sha256()) ? previous : present, now);
    }

    /** The hashes of the jars that this needs. */
    Stream<String> hashes() {
        return Stream.of(present, previous).filter(Objects::nonNull).map(Release::sha256);
    }

    Row enabled(boolean value, Instant now) {
        return new Row(id, source, value, present, previous, now);
    }
}
