/** Containers of Docker engines. */
@NullMarked
package io.freehold.provider.docker;

import org.jspecify.annotations.NullMarked;
