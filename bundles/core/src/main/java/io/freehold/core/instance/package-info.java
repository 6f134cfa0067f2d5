/** What callers ask of instances: lists, actions, creations. */
@NullMarked
package io.freehold.core.instance;

import org.jspecify.annotations.NullMarked;
