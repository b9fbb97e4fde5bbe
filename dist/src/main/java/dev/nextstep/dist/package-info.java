/** Makes the self-contained archive. */
@NullMarked
package dev.nextstep.dist;

import org.jspecify.annotations.NullMarked;
