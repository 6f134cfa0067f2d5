/** Logs, consoles and measurements of running instances. */
@NullMarked
package io.freehold.core.stream;

import org.jspecify.annotations.NullMarked;
