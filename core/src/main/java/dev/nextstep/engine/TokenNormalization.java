package dev.nextstep.engine;

/** {@code use_norm} (spec §6.7): whether each sampled token is normalised before it is fed back and decoded. */
public enum TokenNormalization {
    /** Tokens stay as sampled: text to image with the newer models. */
    OFF,
    /** Mean 0 and variance 1 over the token's values: needed for editing with strong guidance. */
    ON
}
