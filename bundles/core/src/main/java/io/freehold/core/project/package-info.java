/** Instances in projects: what they may use together, and what goes when they go. */
@NullMarked
package io.freehold.core.project;

import org.jspecify.annotations.NullMarked;
