package io.freehold.api.provider;

/**
 * A machine inside a backend.
 *
 * @param cpus its cores
 * @param memoryBytes its memory in bytes
 */
public record Node(String name, boolean online, int cpus, long memoryBytes) {}
