/** Server-sent events, and what lives as long as its client listens. */
@NullMarked
package io.freehold.rest.stream;

import org.jspecify.annotations.NullMarked;
