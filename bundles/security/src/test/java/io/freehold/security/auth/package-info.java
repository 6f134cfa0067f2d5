@NullMarked
package io.freehold.security.auth;

import org.jspecify.annotations.NullMarked;
