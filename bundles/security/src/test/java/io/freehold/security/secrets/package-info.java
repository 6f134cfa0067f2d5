@NullMarked
package io.freehold.security.secrets;

import org.jspecify.annotations.NullMarked;
