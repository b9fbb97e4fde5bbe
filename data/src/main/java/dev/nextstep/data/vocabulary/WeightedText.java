package dev.nextstep.data.vocabulary;

/**
 * A text and how often it counts.
 *
 * @param text any string
 * @param weight at least 1: the text counts as if it had been given that many times
 */
public record WeightedText(String text, long weight) {
    /** Checks the weight. */
    public WeightedText {
        if (weight < 1) {
            throw new IllegalArgumentException("weight " + weight + " of a text: must be at least 1");
        }
    }
}
