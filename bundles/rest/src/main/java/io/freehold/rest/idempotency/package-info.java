/** Repeated requests that take effect once. */
@NullMarked
package io.freehold.rest.idempotency;

import org.jspecify.annotations.NullMarked;
