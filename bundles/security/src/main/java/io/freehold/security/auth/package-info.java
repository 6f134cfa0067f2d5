/** Setup, signing in, sessions, tokens and users. */
@NullMarked
package io.freehold.security.auth;

import org.jspecify.annotations.NullMarked;
