@NullMarked
package io.freehold.features;

import org.jspecify.annotations.NullMarked;
