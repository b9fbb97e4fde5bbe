package dev.nextstep.train.tokenizer;

/**
 * Crops of one size in each step of a tokenizer's training.
 *
 * @param side pixels of the square crops, a multiple of the tokenizer's down-sampling
 * @param batch crops of a step
 * @param wholeShare share of crops that are whole pictures brought to the crop's size; the others are cut out of the full
 *     size, so that the tokenizer sees both scales
 */
public record CropSet(int side, int batch, double wholeShare) {
    /** Checks the ranges. */
    public CropSet {
        if (side < 16 || side > 4096 || side % 4 != 0) {
            throw new IllegalArgumentException(
                    "side of the crops is %d, allowed is 16 to 4096 in steps of 4".formatted(side));
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch is " + batch + ", must be at least 1");
        }
        if (!(wholeShare >= 0 && wholeShare <= 1)) {
            throw new IllegalArgumentException("share of whole pictures is " + wholeShare + ", allowed is 0 to 1");
        }
    }

    /** Colour values of one crop. */
    int values() {
        return 3 * side * side;
    }
}
