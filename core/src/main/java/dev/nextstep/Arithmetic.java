package dev.nextstep;

import dev.nextstep.engine.CpuBackend;
import dev.nextstep.tensor.Precision;
import dev.nextstep.transformer.KvType;
import dev.nextstep.transformer.RopeFrequencies;
import dev.nextstep.vae.CodeGeneration;

/**
 * The part of {@link OpenOptions} that decides bytes of a picture; the number of threads does not.
 *
 * @param precision fp32, or the roundings of the official bf16 pipeline
 * @param ropeFrequencies precision of the rotary frequencies
 * @param generation which code base's rule for the latent norm was followed
 * @param cache how keys and values were kept between passes
 * @param engine name of what computed
 */
public record Arithmetic(
        Precision precision, RopeFrequencies ropeFrequencies, CodeGeneration generation, KvType cache, String engine) {
    /** That of {@link OpenOptions#DEFAULT}. */
    public static final Arithmetic DEFAULT = new Arithmetic(
            Precision.FP32, RopeFrequencies.FP32, CodeGeneration.AUGUST_2025, KvType.FP32, CpuBackend.PROVIDER.name());

    /** The same in another precision. */
    public Arithmetic withPrecision(Precision value) {
        return new Arithmetic(value, ropeFrequencies, generation, cache, engine);
    }

    /** The same with rotary frequencies of another precision. */
    public Arithmetic withRopeFrequencies(RopeFrequencies value) {
        return new Arithmetic(precision, value, generation, cache, engine);
    }

    /** The same with another way to keep keys and values. */
    public Arithmetic withCache(KvType value) {
        return new Arithmetic(precision, ropeFrequencies, generation, value, engine);
    }
}
