package dev.nextstep.tensor;

/** Finds numbers that no sound model computes. */
public final class Finite {

    private Finite() {}

    /**
     * Returns if all values are finite.
     *
     * @param where what was computed and of which file, for the message
     * @throws TensorException if one is NaN or infinite: damaged weights give such values everywhere after them, and the
     *     picture would be grey noise without a word
     */
    public static void require(float[] values, String where) {
        float sum = 0;
        for (float v : values) {
            sum += v * 0f; // 0 for what is finite, NaN for all else
        }
        if (sum != 0) { // true for NaN
            throw new TensorException(
                    "%s: a value is NaN or infinite; the weights are probably damaged (compare 'nextstep inspect --hash' with where they come from)"
                            .formatted(where));
        }
    }
}
