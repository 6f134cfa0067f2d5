/**
 * The provider SPI: what a plugin implements to teach Freehold a kind of hosting.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.provider;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
