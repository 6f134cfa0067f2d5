/** Measures Freehold beside its rivals, interleaved in one run, as ratios. */
@NullMarked
package io.freehold.bench;

import org.jspecify.annotations.NullMarked;
