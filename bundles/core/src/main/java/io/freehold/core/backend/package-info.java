/** Backends: how they are configured, connected, kept connected and called. */
@NullMarked
package io.freehold.core.backend;

import org.jspecify.annotations.NullMarked;
