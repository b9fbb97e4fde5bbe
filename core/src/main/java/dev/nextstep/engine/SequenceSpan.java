package dev.nextstep.engine;

/**
 * Consecutive new positions of one sequence in a forward pass: a whole prompt, a part of one, or one token.
 *
 * @param sequence the new positions follow its last one
 * @param count how many, at least 1
 */
public record SequenceSpan(Sequence sequence, int count) {
    public SequenceSpan {
        if (count < 1) {
            throw new IllegalArgumentException("a span needs at least one position, not " + count);
        }
    }
}
