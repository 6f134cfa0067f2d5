/** The hash-chained audit log. */
@NullMarked
package io.freehold.security.audit;

import org.jspecify.annotations.NullMarked;
