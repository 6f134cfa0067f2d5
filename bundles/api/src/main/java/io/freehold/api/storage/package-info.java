/**
 * Transactions and migrations over the embedded or the external database.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.storage;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
