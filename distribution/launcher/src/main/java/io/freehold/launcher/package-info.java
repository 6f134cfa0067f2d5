/**
 * What runs before and around the framework: settings, data folder, logging, start, stop, and the command
 * line. It uses the JDK, Felix, SLF4J and Logback, and knows the bundles only by their files.
 */
@NullMarked
package io.freehold.launcher;

import org.jspecify.annotations.NullMarked;
