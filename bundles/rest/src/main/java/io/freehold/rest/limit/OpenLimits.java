package io.freehold.rest.limit;

import io.freehold.api.Settings;

/**
 * How many connections that last each principal may have open at a time.
 *
 * @param consoles over WebSockets
 * @param streams of server-sent events
 */
public record OpenLimits(int consoles, int streams) {
    /** Idle ones are known to cost little; a client that opens more has lost count of them. */
    private static final int CONSOLES = 10_000;

    /** More than people and their programs follow. */
    private static final int STREAMS = 1_000;

    private static final int MAX = 1_000_000;

    /**
     * What is set.
     *
     * @throws io.freehold.api.FreeholdException naming the setting that is wrong
     */
    public static OpenLimits of(Settings settings) {
        return new OpenLimits(
                settings.integer("open.consoles", CONSOLES, 1, MAX), settings.integer("open.streams", STREAMS, 1, MAX));
    }
}
