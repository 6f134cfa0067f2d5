/**
 * Forms: one small description of input, used for backends, templates, schedules and plugin settings.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.form;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
