package io.freehold.core.inventory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What Freehold itself knows of an instance, whatever its backend says.
 *
 * @param managed whether Freehold created it
 */
record Identity(UUID id, @Nullable UUID projectId, boolean managed) {}
