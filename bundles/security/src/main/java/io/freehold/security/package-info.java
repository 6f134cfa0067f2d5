/** Authentication, hashing, roles, audit, secrets, projects and memberships. */
@NullMarked
package io.freehold.security;

import org.jspecify.annotations.NullMarked;
