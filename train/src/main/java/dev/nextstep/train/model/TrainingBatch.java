package dev.nextstep.train.model;

import java.util.Arrays;

/**
 * Rows of text and image tokens as one step learns from them (spec §8.2).
 *
 * @param rows rows n
 * @param length tokens of a row; shorter ones are padded on the right
 * @param ids [rows · length] token ids; image tokens have the placeholder's
 * @param labels [rows · length] the ids to be predicted at these places, or {@link #IGNORED}
 * @param slots places of image tokens, as row · length + position, in the order of the rows
 * @param inputs [slots · tokenDimension] what the transformer reads there
 * @param targets [slots · tokenDimension] clean tokens
 * @param learned indices into {@code slots} of the tokens that the flow head learns; of an edit only the last picture's
 * @param segments [rows · length] number of the sample that a token belongs to when samples of a row must not see each
 *     other; empty if every token sees all tokens before it (spec §8.3)
 */
public record TrainingBatch(
        int rows,
        int length,
        long[] ids,
        long[] labels,
        int[] slots,
        float[] inputs,
        float[] targets,
        int[] learned,
        int[] segments) {
    /** The label of a token that nothing is learned from. */
    public static final long IGNORED = -100;

    /** Checks that sizes agree. */
    public TrainingBatch {
        int tokens = rows * length;
        if (ids.length != tokens || labels.length != tokens || (segments.length != 0 && segments.length != tokens)) {
            throw new IllegalArgumentException("a batch of %d rows of %d tokens needs %d ids and labels, not %d and %d"
                    .formatted(rows, length, tokens, ids.length, labels.length));
        }
        if (inputs.length != targets.length || (slots.length > 0 && targets.length % slots.length != 0)) {
            throw new IllegalArgumentException("%d image tokens do not go with %d inputs and %d targets"
                    .formatted(slots.length, inputs.length, targets.length));
        }
        for (int slot : slots) {
            if (slot % length == 0) {
                throw new IllegalArgumentException(
                        "an image token stands at the start of a row, so nothing predicts it");
            }
        }
    }

    /** Rows {@code from} to {@code to}, exclusive, as a batch of their own. */
    TrainingBatch rows(int from, int to) {
        int first = from * length;
        int last = to * length;
        int slotFrom = firstNotBelow(slots, first);
        int slotTo = firstNotBelow(slots, last);
        int width = slots.length == 0 ? 0 : targets.length / slots.length;
        return new TrainingBatch(
                to - from,
                length,
                Arrays.copyOfRange(ids, first, last),
                Arrays.copyOfRange(labels, first, last),
                shifted(slots, slotFrom, slotTo, first),
                Arrays.copyOfRange(inputs, slotFrom * width, slotTo * width),
                Arrays.copyOfRange(targets, slotFrom * width, slotTo * width),
                shifted(learned, learnedBefore(from), learnedBefore(to), slotFrom),
                segments.length == 0 ? segments : Arrays.copyOfRange(segments, first, last));
    }

    /** How many learned tokens stand before a row. */
    int learnedBefore(int row) {
        return firstNotBelow(learned, firstNotBelow(slots, row * length));
    }

    private static int firstNotBelow(int[] ascending, int value) {
        int at = Arrays.binarySearch(ascending, value);
        return at < 0 ? -at - 1 : at;
    }

    private static int[] shifted(int[] values, int from, int to, int by) {
        var part = Arrays.copyOfRange(values, from, to);
        for (int i = 0; i < part.length; i++) {
            part[i] -= by;
        }
        return part;
    }

    /** How many tokens, padding included. */
    public int tokens() {
        return rows * length;
    }
}
