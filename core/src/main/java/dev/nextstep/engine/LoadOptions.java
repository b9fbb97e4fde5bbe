package dev.nextstep.engine;

import dev.nextstep.tensor.Precision;
import dev.nextstep.transformer.RopeFrequencies;
import dev.nextstep.vae.CodeGeneration;

/**
 * How a model computes.
 *
 * @param threads threads of its team, 1 to 1024
 * @param precision fp32, or the roundings of the official bf16 pipeline
 * @param ropeFrequencies precision of the rotary frequencies
 * @param generation which code base's rule for the latent norm to follow
 * @param cache how keys and values are kept
 * @param engine what computes
 * @param limits how much is taken on at once
 */
public record LoadOptions(
        int threads,
        Precision precision,
        RopeFrequencies ropeFrequencies,
        CodeGeneration generation,
        CacheOptions cache,
        BackendProvider engine,
        EngineLimits limits) {}
