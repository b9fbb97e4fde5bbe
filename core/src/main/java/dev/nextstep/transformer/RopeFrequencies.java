package dev.nextstep.transformer;

/**
 * Precision of the rotary frequencies. The official pipelines cast the whole module to bf16, which rounds the frequency
 * buffer too; the public port and an fp32 model keep it exact (spec §3.3).
 */
public enum RopeFrequencies {
    /** Exact fp32 frequencies. */
    FP32,
    /** Frequencies rounded to bf16 before they are multiplied by the position. */
    BF16
}
