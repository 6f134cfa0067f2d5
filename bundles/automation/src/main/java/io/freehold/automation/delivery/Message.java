package io.freehold.automation.delivery;

import java.time.Instant;
import java.util.Map;

/**
 * What people are told. It never holds a secret.
 *
 * @param id the same for every attempt to deliver it
 * @param type such as {@code io.freehold.alert.guessing}
 * @param title one line
 * @param text some lines
 * @param data the same for programs
 */
public record Message(String id, String type, Instant time, String title, String text, Map<String, Object> data) {}
