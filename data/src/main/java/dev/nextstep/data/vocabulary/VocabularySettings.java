package dev.nextstep.data.vocabulary;

/**
 * What vocabulary to learn.
 *
 * @param size tokens in all, the 256 bytes and the ten special tokens included: 266 to 150,000; a small model takes
 *     2,000 to 4,000. The result has fewer where the texts hold no more pairs
 * @param leastCount how often a pair must occur, weights counted, to become a token: at least 1
 * @param modelMaxLength {@code model_max_length} of {@code tokenizer_config.json}: the positions that the model has, at
 *     least 1. Python warns beyond it
 */
public record VocabularySettings(int size, long leastCount, int modelMaxLength) {
    /** Least number of tokens: every byte and the special tokens. */
    public static final int LEAST_SIZE = 256 + SpecialTokenNames.ALL.size();

    private static final int LARGEST_SIZE = 150_000;

    /** Checks the ranges. */
    public VocabularySettings {
        if (size < LEAST_SIZE || size > LARGEST_SIZE) {
            throw new IllegalArgumentException("vocabulary of %d tokens: must have %d to %d, of which 256 are bytes"
                    .formatted(size, LEAST_SIZE, LARGEST_SIZE));
        }
        if (leastCount < 1) {
            throw new IllegalArgumentException("leastCount " + leastCount + ": must be at least 1");
        }
        if (modelMaxLength < 1) {
            throw new IllegalArgumentException("modelMaxLength " + modelMaxLength + ": must be at least 1");
        }
    }

    /** Settings of a vocabulary of this size for a model of 512 positions, of pairs that occur at least twice. */
    public static VocabularySettings ofSize(int size) {
        return new VocabularySettings(size, 2, 512);
    }
}
