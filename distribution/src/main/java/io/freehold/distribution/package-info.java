/** Puts the distribution together; runs in the build alone. */
@NullMarked
package io.freehold.distribution;

import org.jspecify.annotations.NullMarked;
