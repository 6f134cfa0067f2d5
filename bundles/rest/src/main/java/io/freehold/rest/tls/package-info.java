/** Certificates and keys, and the listener that speaks TLS with them. */
@NullMarked
package io.freehold.rest.tls;

import org.jspecify.annotations.NullMarked;
