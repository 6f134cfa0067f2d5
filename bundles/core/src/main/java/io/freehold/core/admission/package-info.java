/** What instances may ask of their hosts: the one check, and the policies that administrators set. */
@NullMarked
package io.freehold.core.admission;

import org.jspecify.annotations.NullMarked;
