/** What stands in front of everything that is served: request ids, headers, limits, authentication, problems. */
@NullMarked
package io.freehold.rest.http;

import org.jspecify.annotations.NullMarked;
