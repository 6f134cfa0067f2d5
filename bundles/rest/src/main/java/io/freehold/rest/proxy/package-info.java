/** Proxies in front of Freehold, and what is believed of what they say about clients. */
@NullMarked
package io.freehold.rest.proxy;

import org.jspecify.annotations.NullMarked;
