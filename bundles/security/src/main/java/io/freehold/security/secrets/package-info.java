/** Key files, and the encryption of stored secrets. */
@NullMarked
package io.freehold.security.secrets;

import org.jspecify.annotations.NullMarked;
