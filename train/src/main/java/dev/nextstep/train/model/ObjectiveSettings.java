package dev.nextstep.train.model;

/**
 * Weights of the two losses (paper Eq. 2, spec §8.3).
 *
 * @param textWeight of the cross-entropy; 0.01 in all official runs
 * @param imageWeight of the flow-matching loss; 1
 * @param weighting whether the losses count by their tokens
 */
public record ObjectiveSettings(double textWeight, double imageWeight, Weighting weighting) {
    /** How the two losses make one. */
    public enum Weighting {
        /** The weighted sum of both means. */
        PLAIN,
        /** Both means also weighted by their number of tokens, as {@code use_token_length_weight} asks. */
        TOKEN_COUNT
    }

    /** Checks the ranges. */
    public ObjectiveSettings {
        if (!(textWeight >= 0 && imageWeight >= 0 && textWeight + imageWeight > 0)) {
            throw new IllegalArgumentException("weights of the losses must not be negative and not both 0, they are "
                    + textWeight + " and " + imageWeight);
        }
    }

    /** 0.01 : 1, the paper's (Table 1). */
    public static ObjectiveSettings standard() {
        return new ObjectiveSettings(0.01, 1, Weighting.PLAIN);
    }
}
