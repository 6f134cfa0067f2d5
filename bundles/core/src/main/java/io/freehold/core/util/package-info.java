/** What every room of the core leans on: threads, numbers that grow, SQL, JSON, cursors. */
@NullMarked
package io.freehold.core.util;

import org.jspecify.annotations.NullMarked;
