/**
 * Arithmetic on arrays: matrix products per weight type, norms, activations, convolution, the thread team. Each fast kernel has a plain oracle beside it.
 */
@NullMarked
package dev.nextstep.kernel;

import org.jspecify.annotations.NullMarked;
