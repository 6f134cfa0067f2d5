/**
 * Backends: the configured connections of providers, and the service that manages them.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.backend;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
