/** The admin socket: whoever owns the data folder, over a Unix domain socket. */
@NullMarked
package io.freehold.rest.admin;

import org.jspecify.annotations.NullMarked;
