/** The unpacked distribution as its user sees it: over the command line and REST, with a real engine. */
package io.freehold.itests.system;
