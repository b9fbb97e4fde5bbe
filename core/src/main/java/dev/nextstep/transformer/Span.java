package dev.nextstep.transformer;

/**
 * Consecutive new positions of one sequence in a forward pass: a whole prompt, or one token.
 *
 * @param cache the sequence; the new positions follow its last one
 * @param count how many, at least 1
 */
public record Span(KvCache cache, int count) {
    public Span {
        if (count < 1) {
            throw new IllegalArgumentException("a span needs at least one position, not " + count);
        }
    }
}
