/**
 * Alerts: who is told outside of Freehold when something suspicious happens, and how.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.alert;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
