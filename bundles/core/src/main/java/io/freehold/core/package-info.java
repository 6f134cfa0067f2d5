/** Backends, inventory, operations, templates, ports, quotas, backup catalogue. */
@NullMarked
package io.freehold.core;

import org.jspecify.annotations.NullMarked;
