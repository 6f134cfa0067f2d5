/** Transactions over SQLite or PostgreSQL, and migrations. */
@NullMarked
package io.freehold.storage;

import org.jspecify.annotations.NullMarked;
