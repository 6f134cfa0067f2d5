@NullMarked
package io.freehold.security;

import org.jspecify.annotations.NullMarked;
