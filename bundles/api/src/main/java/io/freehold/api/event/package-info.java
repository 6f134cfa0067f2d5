/**
 * Events: what changed, in order, for whoever may see it.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.event;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
