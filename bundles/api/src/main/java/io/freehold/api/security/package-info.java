/**
 * Who acts and what they may do: callers, permissions, scopes, sessions, users, roles.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.security;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
