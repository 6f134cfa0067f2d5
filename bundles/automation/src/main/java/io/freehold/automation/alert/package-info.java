/** What is suspicious, and who is told of it. */
@NullMarked
package io.freehold.automation.alert;

import org.jspecify.annotations.NullMarked;
