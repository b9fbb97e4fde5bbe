package dev.nextstep.cli.bench;

/**
 * Times up to one number of image tokens: a line of the paper's Table 9.
 *
 * @param tokens image tokens
 * @param drawn of these, how many were drawn; the rest is estimated from the latency of the last ones
 * @param transformer seconds of all transformer steps and projectors; none comes before the first token
 * @param flowHead seconds of the flow head and its sampler
 * @param total seconds of both
 */
public record StageResult(int tokens, int drawn, Quartiles transformer, Quartiles flowHead, Quartiles total) {

    /** Seconds of one transformer step. */
    Quartiles transformerPerToken() {
        return transformer.times(1.0 / Math.max(1, tokens - 1));
    }

    /** Seconds in which one token is sampled. */
    Quartiles flowHeadPerToken() {
        return flowHead.times(1.0 / tokens);
    }

    /** Whether part of it was not drawn. */
    boolean estimated() {
        return drawn < tokens;
    }
}
