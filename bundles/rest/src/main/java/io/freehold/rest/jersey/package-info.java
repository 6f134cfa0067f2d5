/** Jersey as a Jetty handler, without a servlet container. */
@NullMarked
package io.freehold.rest.jersey;

import org.jspecify.annotations.NullMarked;
