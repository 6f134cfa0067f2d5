/**
 * What an instance may ask of the machine that it runs on: one model, into which every provider translates what it
 * will really send to its backend, and in which administrators say what they allow.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.admission;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
