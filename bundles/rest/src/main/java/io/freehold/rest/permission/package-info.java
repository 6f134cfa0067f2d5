/** What callers must hold to be heard at all, before anybody reads what they send. */
@NullMarked
package io.freehold.rest.permission;

import org.jspecify.annotations.NullMarked;
