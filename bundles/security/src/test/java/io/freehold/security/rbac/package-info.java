@NullMarked
package io.freehold.security.rbac;

import org.jspecify.annotations.NullMarked;
