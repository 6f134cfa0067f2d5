/**
 * What every other package of the API leans on: errors, pages, secrets, settings, subscriptions.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
