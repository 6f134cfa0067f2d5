/** Consoles over WebSockets. */
@NullMarked
package io.freehold.rest.console;

import org.jspecify.annotations.NullMarked;
