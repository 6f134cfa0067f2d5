/** Jersey on Jetty: resources, errors, OpenAPI, SSE, WebSocket, plugin mounting. */
@NullMarked
package io.freehold.rest;

import org.jspecify.annotations.NullMarked;
