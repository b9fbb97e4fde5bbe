package dev.nextstep.engine;

import dev.nextstep.prompt.PromptRows;
import java.util.List;

/**
 * Everything that decides the tokens of one request: the engine's form of it.
 *
 * @param rows prompt rows of all pictures and guidance blocks
 * @param sources tokens [h·w, tokenDim] of each source picture, in the order of the request's list
 * @param settings how each token is sampled; {@code rows.layout()} says how many guidance rows there are
 * @param noise where normal numbers come from
 * @param given for each picture the tokens that are not sampled; empty if there are none at all
 * @param until how many tokens of each picture are drawn, at least 1; those behind are left out, unless
 *     they follow given ones without a gap and are given too
 * @param atOnce most pictures of it that may be in progress at the same time, at least 1
 */
public record DrawingJob(
        PromptRows rows,
        List<float[]> sources,
        SamplingSource settings,
        NoiseSource noise,
        List<GivenTokens> given,
        int until,
        int atOnce) {
    /** A job whose pictures are drawn from the first token to the last, all of them at the same time. */
    public DrawingJob(PromptRows rows, List<float[]> sources, SamplingSettings settings, NoiseSource noise) {
        this(
                rows,
                sources,
                (picture, token) -> settings,
                noise,
                List.of(),
                rows.output().tokens(),
                Integer.MAX_VALUE);
    }

    public DrawingJob {
        sources = List.copyOf(sources);
        given = List.copyOf(given);
        if (!given.isEmpty() && given.size() != rows.outputPictures()) {
            throw new IllegalArgumentException("tokens are given for %d pictures, and there are %d"
                    .formatted(given.size(), rows.outputPictures()));
        }
        if (until < 1 || until > rows.output().tokens()) {
            throw new IllegalArgumentException("between 1 and %d tokens can be drawn, not %d"
                    .formatted(rows.output().tokens(), until));
        }
        if (atOnce < 1) {
            throw new IllegalArgumentException("at least 1 picture must be in progress at once, not " + atOnce);
        }
    }

    /** Tokens of a picture that are not sampled. */
    GivenTokens given(int picture) {
        return given.isEmpty() ? GivenTokens.NONE : given.get(picture);
    }
}
