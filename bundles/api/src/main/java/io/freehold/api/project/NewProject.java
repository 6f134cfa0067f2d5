package io.freehold.api.project;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a project.
 *
 * @param name unlike every other's, whatever the case
 * @param description for people
 * @param quotas how much its instances may use
 */
public record NewProject(String name, @Nullable String description, Quotas quotas) {}
