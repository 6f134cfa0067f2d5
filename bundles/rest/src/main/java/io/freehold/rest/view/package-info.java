/** What answers and requests look like. */
@NullMarked
package io.freehold.rest.view;

import org.jspecify.annotations.NullMarked;
