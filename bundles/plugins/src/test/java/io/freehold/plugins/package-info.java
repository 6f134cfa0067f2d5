/** Tests of plugins, as jars and in a framework. */
@NullMarked
package io.freehold.plugins;

import org.jspecify.annotations.NullMarked;
