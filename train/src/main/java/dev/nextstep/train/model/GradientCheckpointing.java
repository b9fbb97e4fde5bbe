package dev.nextstep.train.model;

/** What of a forward pass is kept for the backward pass. */
public enum GradientCheckpointing {
    /** Everything that gradients need. */
    NONE,
    /**
     * Of each transformer block only its input; the block computes forward again when gradients go back through it. A third
     * more arithmetic of the blocks, and memory for one block in place of all. The gradients are the same.
     */
    BLOCKS
}
