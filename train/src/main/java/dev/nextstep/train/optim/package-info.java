/**
 * Optimisers over named parameters: AdamW, orthogonalised momentum (Muon), groups of parameters, clipping of the global
 * gradient norm, moving averages of the weights, learning rates.
 *
 * <p>A step of training is {@code loss.backward()}, {@link dev.nextstep.train.optim.Gradients#clip}, a look at the norm,
 * {@link dev.nextstep.train.optim.Optimizer#step}, {@link dev.nextstep.train.optim.Gradients#clear}. State is named
 * tensors and counters, so that a run that was stopped goes on with the same numbers.
 */
@NullMarked
package dev.nextstep.train.optim;

import org.jspecify.annotations.NullMarked;
