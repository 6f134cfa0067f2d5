/** The classes of test plugins: they are put into jars by the tests, and run inside Freehold, not here. */
package io.freehold.itests.system.plugin;
