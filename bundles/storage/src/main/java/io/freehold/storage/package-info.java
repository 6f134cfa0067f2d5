/**
 * Transactions over SQLite or PostgreSQL, and migrations. {@link io.freehold.storage.StorageComponent} offers
 * the service; {@link io.freehold.storage.Writer} is the one thread that writes.
 */
@NullMarked
package io.freehold.storage;

import org.jspecify.annotations.NullMarked;
