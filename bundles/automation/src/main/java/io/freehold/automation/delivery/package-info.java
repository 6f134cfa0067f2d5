/** The ways out of Freehold: web addresses and mail. */
@NullMarked
package io.freehold.automation.delivery;

import org.jspecify.annotations.NullMarked;
