/**
 * Instances: virtual machines, containers and game servers, and the services that list and change them.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.instance;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
