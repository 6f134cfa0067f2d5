@NullMarked
package io.freehold.launcher.cli;

import org.jspecify.annotations.NullMarked;
