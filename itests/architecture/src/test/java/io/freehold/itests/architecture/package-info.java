/** Rules on all classes of Freehold. */
@NullMarked
package io.freehold.itests.architecture;

import org.jspecify.annotations.NullMarked;
