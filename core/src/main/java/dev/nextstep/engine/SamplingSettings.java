package dev.nextstep.engine;

import dev.nextstep.flow.Guidance;
import dev.nextstep.flow.Sampler;

/**
 * How image tokens are sampled.
 *
 * @param sampler the way from noise to a token
 * @param steps steps of it, at least {@link Sampler#minSteps()}
 * @param timestepShift shift of the time grid, 1 for none
 * @param guidance guidance scales and their schedule
 * @param normalization whether sampled tokens are normalised
 */
public record SamplingSettings(
        Sampler sampler, int steps, float timestepShift, Guidance guidance, TokenNormalization normalization) {}
