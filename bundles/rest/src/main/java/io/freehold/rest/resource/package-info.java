/** The routes: one class per noun, each only turning HTTP into the call of a service. */
@NullMarked
package io.freehold.rest.resource;

import org.jspecify.annotations.NullMarked;
