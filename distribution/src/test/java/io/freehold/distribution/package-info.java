@NullMarked
package io.freehold.distribution;

import org.jspecify.annotations.NullMarked;
