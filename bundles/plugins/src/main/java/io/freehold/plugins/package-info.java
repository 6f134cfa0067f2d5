/** The deploy folder, trusted publishers, and the life of plugins. */
@NullMarked
package io.freehold.plugins;

import org.jspecify.annotations.NullMarked;
