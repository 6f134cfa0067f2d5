/** Alerts on what the audit log says. */
@NullMarked
package io.freehold.automation;

import org.jspecify.annotations.NullMarked;
