/** Passwords: what is acceptable, and how they are hashed. */
@NullMarked
package io.freehold.security.hashing;

import org.jspecify.annotations.NullMarked;
