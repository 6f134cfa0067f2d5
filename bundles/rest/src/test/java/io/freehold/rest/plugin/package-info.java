/** Tests of what plugins serve. */
@NullMarked
package io.freehold.rest.plugin;

import org.jspecify.annotations.NullMarked;
