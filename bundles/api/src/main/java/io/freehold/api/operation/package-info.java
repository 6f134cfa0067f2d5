/**
 * Operations: persisted, cancellable actions on instances.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.operation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
