/** The live picture of every backend's instances, and their identities. */
@NullMarked
package io.freehold.core.inventory;

import org.jspecify.annotations.NullMarked;
