package dev.nextstep.train.tokenizer;

import dev.nextstep.torch.Compute;

/**
 * How a tokenizer is trained (paper §3.2, Eq. 3).
 *
 * @param side pixels of the square crops, a multiple of the tokenizer's down-sampling
 * @param batch crops of a step
 * @param noise γ: latents get α·ε with α ~ U[0, γ] before they are decoded; the paper names 0.5, 0 is none
 * @param wholeShare share of crops that are whole pictures brought to the crop's size; the others are cut out of the full
 *     size, so that the tokenizer sees both scales
 * @param loss what is minimised
 * @param compute in which numbers
 */
public record TokenizerSettings(
        int side, int batch, double noise, double wholeShare, ReconstructionLoss loss, Compute compute) {
    /** Checks the ranges. */
    public TokenizerSettings {
        if (side < 16 || side > 4096 || side % 4 != 0) {
            throw new IllegalArgumentException(
                    "side of the crops is %d, allowed is 16 to 4096 in steps of 4".formatted(side));
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch is " + batch + ", must be at least 1");
        }
        if (!(noise >= 0 && noise <= 4)) {
            throw new IllegalArgumentException("latent noise is " + noise + ", allowed is 0 to 4");
        }
        if (!(wholeShare >= 0 && wholeShare <= 1)) {
            throw new IllegalArgumentException("share of whole pictures is " + wholeShare + ", allowed is 0 to 1");
        }
    }
}
