/** The commands that talk to a running Freehold, or look at one that does not run. */
@NullMarked
package io.freehold.launcher.cli;

import org.jspecify.annotations.NullMarked;
