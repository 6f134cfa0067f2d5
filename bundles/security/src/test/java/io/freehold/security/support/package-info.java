@NullMarked
package io.freehold.security.support;

import org.jspecify.annotations.NullMarked;
