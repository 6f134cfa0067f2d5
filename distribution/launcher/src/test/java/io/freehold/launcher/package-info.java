@NullMarked
package io.freehold.launcher;

import org.jspecify.annotations.NullMarked;
