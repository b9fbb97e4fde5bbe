package dev.nextstep.torch;

/** In which numbers a forward pass computes; master weights, norms and residual sums are fp32 in both. */
public enum Compute {
    /** Everything in fp32. */
    FP32,
    /**
     * Matrix products and convolutions read bf16 and accumulate in fp32, as automatic mixed precision does (spec §8.4). Worth
     * while on processors with AVX-512 BF16 or AMX and on GPUs.
     */
    BF16_MIXED
}
