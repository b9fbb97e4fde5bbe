package dev.nextstep.data.sequence;

import java.util.Arrays;
import java.util.List;

/**
 * A sample as tokens (spec §8.2).
 *
 * @param inputIds [n] token ids
 * @param labels [n] the same where the language head learns, {@link #IGNORED} elsewhere; not shifted
 * @param pictures the pictures in order
 */
public record TokenSequence(int[] inputIds, int[] labels, List<PictureBlock> pictures) {
    /** Label of what the language head does not learn. */
    public static final int IGNORED = -100;

    /** Checks the lengths. */
    public TokenSequence {
        pictures = List.copyOf(pictures);
        if (inputIds.length != labels.length) {
            throw new IllegalArgumentException("%d token ids, but %d labels".formatted(inputIds.length, labels.length));
        }
    }

    /** Number of tokens. */
    public int length() {
        return inputIds.length;
    }

    /**
     * A part of a text.
     *
     * @throws IllegalArgumentException if there are pictures, which cannot be cut
     */
    public TokenSequence slice(int from, int to) {
        if (!pictures.isEmpty()) {
            throw new IllegalArgumentException("a sequence with pictures cannot be cut");
        }
        return new TokenSequence(
                Arrays.copyOfRange(inputIds, from, to), Arrays.copyOfRange(labels, from, to), List.of());
    }
}
