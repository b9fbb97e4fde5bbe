package dev.nextstep.data.pack;

import dev.nextstep.data.sequence.PictureBlock;
import dev.nextstep.data.sequence.TokenSequence;
import java.util.Arrays;
import java.util.List;

/**
 * A row of a batch: sequences one after the other, then padding.
 *
 * @param inputIds [n] token ids, the pad token at the end
 * @param labels [n] labels, ignored in the padding
 * @param parts the sequences in order
 * @param <T> what a sequence belongs to
 */
public record PackedRow<T>(int[] inputIds, int[] labels, List<Part<T>> parts) {
    /**
     * A sequence in a row.
     *
     * @param owner what it belongs to
     * @param from index of its first token in the row
     * @param skipped tokens of the whole sequence that an earlier row has; 0 unless texts are cut
     * @param sequence the sequence, or the part of it that is here
     * @param <T> what a sequence belongs to
     */
    public record Part<T>(T owner, int from, int skipped, TokenSequence sequence) {
        /** Index after its last token. */
        public int to() {
            return from + sequence.length();
        }

        /** Its pictures with their places in the row. */
        public List<PictureBlock> pictures() {
            return sequence.pictures().stream().map(p -> p.shifted(from)).toList();
        }
    }

    /** Copies the list. */
    public PackedRow {
        parts = List.copyOf(parts);
    }

    static <T> PackedRow<T> of(List<Part<T>> parts, int length, int pad) {
        int[] ids = new int[length];
        int[] labels = new int[length];
        Arrays.fill(ids, pad);
        Arrays.fill(labels, TokenSequence.IGNORED);
        for (var part : parts) {
            var sequence = part.sequence();
            System.arraycopy(sequence.inputIds(), 0, ids, part.from(), sequence.length());
            System.arraycopy(sequence.labels(), 0, labels, part.from(), sequence.length());
        }
        return new PackedRow<>(ids, labels, parts);
    }

    /** Number of tokens, padding included. */
    public int length() {
        return inputIds.length;
    }

    /** Number of pad tokens. */
    public int padding() {
        return parts.isEmpty() ? length() : length() - parts.getLast().to();
    }

    /** [n] 0 for the tokens of the first sequence, 1 for those of the second, …, −1 for padding. */
    public int[] segmentIds() {
        int[] ids = new int[length()];
        Arrays.fill(ids, -1);
        for (int i = 0; i < parts.size(); i++) {
            Arrays.fill(ids, parts.get(i).from(), parts.get(i).to(), i);
        }
        return ids;
    }

    /** [n] place of each token within its sequence; 0 in the padding. For masks that keep sequences apart. */
    public int[] positionsInSegment() {
        int[] positions = new int[length()];
        for (var part : parts) {
            for (int i = part.from(); i < part.to(); i++) {
                positions[i] = i - part.from();
            }
        }
        return positions;
    }

    /**
     * [n] 1 for every token, padding included, as the official code has it (spec §11 #31): pads come last, so no real token
     * sees them.
     */
    public int[] officialAttentionMask() {
        int[] mask = new int[length()];
        Arrays.fill(mask, 1);
        return mask;
    }
}
