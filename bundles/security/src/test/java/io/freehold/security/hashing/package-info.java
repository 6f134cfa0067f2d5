@NullMarked
package io.freehold.security.hashing;

import org.jspecify.annotations.NullMarked;
