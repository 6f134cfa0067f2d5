/**
 * Projects: groups of instances with members and quotas.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.project;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
