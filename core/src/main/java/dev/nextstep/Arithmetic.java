package dev.nextstep;

import dev.nextstep.tensor.Precision;
import dev.nextstep.transformer.RopeFrequencies;
import dev.nextstep.vae.CodeGeneration;

/**
 * The part of {@link OpenOptions} that decides bytes of a picture; the number of threads does not.
 *
 * @param precision fp32, or the roundings of the official bf16 pipeline
 * @param ropeFrequencies precision of the rotary frequencies
 * @param generation which code base's rule for the latent norm was followed
 */
public record Arithmetic(Precision precision, RopeFrequencies ropeFrequencies, CodeGeneration generation) {
    /** That of {@link OpenOptions#DEFAULT}. */
    public static final Arithmetic DEFAULT =
            new Arithmetic(Precision.FP32, RopeFrequencies.FP32, CodeGeneration.AUGUST_2025);
}
