package dev.nextstep.tensor;

/** In which numbers a model computes (spec §3.2, §3.3, §6.1). Sums are always accumulated in fp32 or wider. */
public enum Precision {
    /** Everything in fp32: the default, and the more exact of the two. */
    FP32,
    /**
     * fp32 arithmetic whose result is rounded to bf16 after each operation, as the official pipeline does when it casts
     * its modules to bf16: for comparing with it, not for better or faster pictures.
     */
    REFERENCE_BF16
}
