package dev.nextstep.train.model;

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

    /** How many tokens, padding included. */
    public int tokens() {
        return rows * length;
    }
}
