package dev.nextstep.engine;

import dev.nextstep.flow.Draws;
import dev.nextstep.flow.Guidance;
import dev.nextstep.flow.Sampler;

/**
 * One image token to be sampled.
 *
 * @param sampler the way from noise to the token
 * @param steps steps of it, at least {@link Sampler#minSteps()}
 * @param timestepShift shift of the time grid, 1 for none
 * @param guidance guidance scales and their schedule
 * @param guidanceRows rows of conditions that the token has, 1 to 3
 * @param token its index in the picture, raster order; with {@code total} it decides the scheduled scales
 * @param total tokens of the picture
 * @param draws normal numbers [tokenDim]; draw 0 is the initial noise
 */
public record TokenDraw(
        Sampler sampler,
        int steps,
        float timestepShift,
        Guidance guidance,
        int guidanceRows,
        int token,
        int total,
        Draws draws) {}
