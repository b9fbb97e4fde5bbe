package dev.nextstep.data.mix;

import dev.nextstep.data.sequence.TokenSequence;

/**
 * A sample in a row.
 *
 * @param reference where it came from
 * @param key its key in the data set
 * @param sequence its tokens, uncut
 * @param payload what its encoder kept beside the tokens
 * @param <P> type of that
 */
public record Loaded<P>(SampleReference reference, String key, TokenSequence sequence, P payload) {}
