/** How many requests each caller has. */
@NullMarked
package io.freehold.rest.limit;

import org.jspecify.annotations.NullMarked;
