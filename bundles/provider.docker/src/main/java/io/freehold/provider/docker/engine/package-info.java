/** The wire to a Docker engine: sockets, TLS, HTTP and time limits. Knows nothing of containers. */
@NullMarked
package io.freehold.provider.docker.engine;

import org.jspecify.annotations.NullMarked;
