/** What the other rooms share: SQL, random tokens, a clock that never runs backwards. */
@NullMarked
package io.freehold.security.support;

import org.jspecify.annotations.NullMarked;
