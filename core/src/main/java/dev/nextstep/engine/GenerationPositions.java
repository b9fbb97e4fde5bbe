package dev.nextstep.engine;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.tensor.TensorSource;

/**
 * The optional {@code gen_pos_embed} (spec §3.6, off in all published models): a two-dimensional sine table that is added
 * to the hidden state from which image token s is sampled. Indexed linearly by s, as the official code does.
 */
final class GenerationPositions {
    private final float[] table;
    private final int hidden;

    private GenerationPositions(float[] table, int hidden) {
        this.table = table;
        this.hidden = hidden;
    }

    /** The table of a model: stored if the checkpoint holds it, computed if not, empty if the flag is off. */
    static GenerationPositions of(ModelConfig config, TensorSource weights) {
        int hidden = config.hiddenSize();
        if (config.positionGrid().isEmpty()) {
            return new GenerationPositions(new float[0], hidden);
        }
        int side = config.positionGrid().getAsInt();
        float[] table = weights.find("gen_pos_embed")
                .map(stored -> weights.require("gen_pos_embed", 1, stored.elements() / hidden, hidden)
                        .toFloats())
                .orElseGet(() -> compute(side, hidden));
        return new GenerationPositions(table, hidden);
    }

    private static float[] compute(int side, int hidden) {
        var table = new float[side * side * hidden];
        int quarter = hidden / 4;
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                int at = (row * side + column) * hidden;
                for (int k = 0; k < quarter; k++) {
                    double omega = StrictMath.pow(10000, -(double) k / quarter);
                    table[at + k] = (float) StrictMath.sin(column * omega);
                    table[at + quarter + k] = (float) StrictMath.cos(column * omega);
                    table[at + 2 * quarter + k] = (float) StrictMath.sin(row * omega);
                    table[at + 3 * quarter + k] = (float) StrictMath.cos(row * omega);
                }
            }
        }
        return table;
    }

    /** Adds the entry of an image token to each of some rows [hidden] of {@code states}. */
    void add(float[] states, int firstRow, int rows, int token) {
        if (table.length == 0) {
            return;
        }
        if ((token + 1) * hidden > table.length) {
            throw new IllegalArgumentException("the model's position table has %d entries, the picture more tokens"
                    .formatted(table.length / hidden));
        }
        for (int r = firstRow; r < firstRow + rows; r++) {
            for (int i = 0; i < hidden; i++) {
                states[r * hidden + i] += table[token * hidden + i];
            }
        }
    }
}
