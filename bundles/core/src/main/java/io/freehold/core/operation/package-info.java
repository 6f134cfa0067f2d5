/** Operations: persisted, run, cancelled, and ended truthfully after a crash. */
@NullMarked
package io.freehold.core.operation;

import org.jspecify.annotations.NullMarked;
