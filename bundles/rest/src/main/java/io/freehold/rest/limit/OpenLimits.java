package io.freehold.rest.limit;

import io.freehold.api.Settings;

/**
 * How many connections that last each principal may have open at a time.
 *
 * @param consoles over WebSockets
 * @param streams of server-sent events
 */
public record OpenLimits(int consoles, int streams) {
    /** More than people and their programs have, and few enough that one of them is not all. */
    private static final int EACH = 1_000;

    private static final int MAX = 1_000_000;

    /**
     * What is set.
     *
     * @throws io.freehold.api.FreeholdException naming the setting that is wrong
     */
    public static OpenLimits of(Settings settings) {
        return new OpenLimits(
                settings.integer("open.consoles", EACH, 1, MAX), settings.integer("open.streams", EACH, 1, MAX));
    }
}
