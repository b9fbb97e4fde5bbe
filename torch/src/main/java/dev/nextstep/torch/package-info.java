/**
 * The model on libtorch: the same weights and the same arithmetic as {@code core}, with gradients and on any device that
 * libtorch knows. Everything here works on named fp32 master weights ({@link dev.nextstep.torch.Weights}); a step sees them
 * through {@link dev.nextstep.torch.StepWeights}, which rounds matrices to bf16 where that is asked for.
 *
 * <p>Tensors are native memory: whoever computes opens a {@code PointerScope} for each step.
 */
@NullMarked
package dev.nextstep.torch;

import org.jspecify.annotations.NullMarked;
