/** Small implementations of the services, in memory, for tests of the API alone. */
@NullMarked
package io.freehold.rest.memory;

import org.jspecify.annotations.NullMarked;
