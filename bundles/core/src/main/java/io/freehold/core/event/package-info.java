/** The event bus: a ring of what happened, read by each subscriber at its own speed. */
@NullMarked
package io.freehold.core.event;

import org.jspecify.annotations.NullMarked;
