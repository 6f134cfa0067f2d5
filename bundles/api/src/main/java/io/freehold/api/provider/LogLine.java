package io.freehold.api.provider;

import java.time.Instant;

/**
 * One line of a log.
 *
 * @param time when the backend received it
 * @param text without the line's end
 */
public record LogLine(Instant time, String text) {}
