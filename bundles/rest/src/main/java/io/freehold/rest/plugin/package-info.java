/** The resources of plugins, each plugin's in an application of its own. */
@NullMarked
package io.freehold.rest.plugin;

import org.jspecify.annotations.NullMarked;
