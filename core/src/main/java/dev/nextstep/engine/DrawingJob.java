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
 */
public record DrawingJob(PromptRows rows, List<float[]> sources, SamplingSettings settings, NoiseSource noise) {
    public DrawingJob {
        sources = List.copyOf(sources);
    }
}
