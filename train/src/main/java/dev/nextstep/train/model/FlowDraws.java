package dev.nextstep.train.model;

import java.util.stream.IntStream;

/**
 * The random numbers of the flow-matching loss (spec §6.2): each learned token is repeated with noise and time of its own.
 *
 * @param learned [n] which of the batch's learned tokens a copy is of
 * @param noise [n · tokenDimension] normal numbers
 * @param logits [n] normal numbers u; the time is sigmoid(u)
 */
public record FlowDraws(int[] learned, float[] noise, float[] logits) {
    /** The copies of learned tokens {@code from} to {@code to}, exclusive, counted from {@code from}. */
    FlowDraws of(int from, int to) {
        int width = learned.length == 0 ? 0 : noise.length / learned.length;
        var places = IntStream.range(0, learned.length)
                .filter(i -> learned[i] >= from && learned[i] < to)
                .toArray();
        var values = new float[places.length * width];
        var times = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(noise, places[i] * width, values, i * width, width);
            times[i] = logits[places[i]];
        }
        return new FlowDraws(IntStream.of(places).map(i -> learned[i] - from).toArray(), values, times);
    }

    /** Checks that sizes agree. */
    public FlowDraws {
        if (learned.length != logits.length || (learned.length > 0 && noise.length % learned.length != 0)) {
            throw new IllegalArgumentException("%d copies do not go with %d noise values and %d times"
                    .formatted(learned.length, noise.length, logits.length));
        }
    }
}
