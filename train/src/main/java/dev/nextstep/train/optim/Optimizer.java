package dev.nextstep.train.optim;

/**
 * Changes parameters by their gradients. Parameters are fp32 leaf tensors that belong to the caller; an optimiser changes
 * them in place and owns only what it remembers. One without a gradient (never reached by the loss of this step) is left
 * as it is, its weight decay too, and does not count the step, as in PyTorch. For one thread.
 */
public sealed interface Optimizer extends AutoCloseable permits AdamW, Muon, ParameterGroups {

    /**
     * One step with the gradients that the parameters hold. They are not cleared.
     *
     * @param lrFactor factor of the learning rate (of every group), from a schedule; at least 0
     * @throws IllegalArgumentException if the factor is negative or not finite
     */
    void step(double lrFactor);

    /** What it remembers. */
    OptimizerState state();

    /**
     * Takes over a saved state; the next step is then the same, to the bit, as that of the optimiser that saved it.
     *
     * @throws IllegalArgumentException if its names or shapes are not those of {@link #state}
     */
    void load(OptimizerState saved);

    /** Frees the native memory of the state. */
    @Override
    void close();
}
