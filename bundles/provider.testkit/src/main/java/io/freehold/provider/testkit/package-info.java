/** A fake provider, and the contract tests that every provider must pass. */
@Export
@Version("0.1.0")
@NullMarked
package io.freehold.provider.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
