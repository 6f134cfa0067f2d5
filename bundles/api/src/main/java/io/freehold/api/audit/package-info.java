/**
 * The audit log: what happened, by whom, chained so that tampering shows.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
