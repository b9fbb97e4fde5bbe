package dev.nextstep.engine;

import dev.nextstep.prompt.PromptRows;
import java.util.List;

/**
 * Everything that decides the tokens of one request: the engine's form of it.
 *
 * @param rows prompt rows of all pictures and guidance blocks
 * @param sources tokens [h·w, tokenDim] of each source picture, in the order of the request's list
 * @param settings how tokens are sampled; {@code rows.layout()} says how many guidance rows there are
 * @param noise where normal numbers come from
 * @param atOnce most pictures of it that may be in progress at the same time, at least 1
 */
public record DrawingJob(
        PromptRows rows, List<float[]> sources, SamplingSettings settings, NoiseSource noise, int atOnce) {
    /** A job whose pictures may all be in progress at the same time. */
    public DrawingJob(PromptRows rows, List<float[]> sources, SamplingSettings settings, NoiseSource noise) {
        this(rows, sources, settings, noise, Integer.MAX_VALUE);
    }

    public DrawingJob {
        sources = List.copyOf(sources);
        if (atOnce < 1) {
            throw new IllegalArgumentException("at least 1 picture must be in progress at once, not " + atOnce);
        }
    }
}
