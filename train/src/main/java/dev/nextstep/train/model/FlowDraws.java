package dev.nextstep.train.model;

/**
 * The random numbers of the flow-matching loss (spec §6.2): each learned token is repeated with noise and time of its own.
 *
 * @param learned [n] which of the batch's learned tokens a copy is of
 * @param noise [n · tokenDimension] normal numbers
 * @param logits [n] normal numbers u; the time is sigmoid(u)
 */
public record FlowDraws(int[] learned, float[] noise, float[] logits) {
    /** Checks that sizes agree. */
    public FlowDraws {
        if (learned.length != logits.length || (learned.length > 0 && noise.length % learned.length != 0)) {
            throw new IllegalArgumentException("%d copies do not go with %d noise values and %d times"
                    .formatted(learned.length, noise.length, logits.length));
        }
    }
}
