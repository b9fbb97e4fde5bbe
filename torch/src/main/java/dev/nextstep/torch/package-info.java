/** The model on libtorch, with gradients. */
@NullMarked
package dev.nextstep.torch;

import org.jspecify.annotations.NullMarked;
