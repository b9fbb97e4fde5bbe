/** Tests of the checkpoint room. */
@NullMarked
package dev.nextstep.checkpoint;

import org.jspecify.annotations.NullMarked;
