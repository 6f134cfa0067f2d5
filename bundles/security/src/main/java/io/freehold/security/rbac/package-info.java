/** Roles, who holds them, and what that allows. */
@NullMarked
package io.freehold.security.rbac;

import org.jspecify.annotations.NullMarked;
