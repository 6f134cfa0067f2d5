/** Tests that run inside the framework. */
@NullMarked
package io.freehold.itests.framework;

import org.jspecify.annotations.NullMarked;
