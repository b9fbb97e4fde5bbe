package dev.nextstep.train.plan;

/** How attention is computed. */
public enum AttentionKernel {
    /** By plain products, as on processors: the shares of all pairs of places are kept. */
    PRODUCTS,
    /** By one kernel that keeps none of them, as on GPUs. */
    FUSED
}
