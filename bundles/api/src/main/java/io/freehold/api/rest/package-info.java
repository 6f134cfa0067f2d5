/**
 * What resources of the REST API say about themselves, Freehold's own and those of plugins.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.rest;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
