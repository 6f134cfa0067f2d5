/** JSON as Freehold reads and writes it. */
@NullMarked
package io.freehold.rest.json;

import org.jspecify.annotations.NullMarked;
