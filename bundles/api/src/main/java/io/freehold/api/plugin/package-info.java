/**
 * Plugins: bundles that are added, replaced and removed while Freehold runs.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.plugin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
