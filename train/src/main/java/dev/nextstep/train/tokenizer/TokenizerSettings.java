package dev.nextstep.train.tokenizer;

import dev.nextstep.torch.Compute;
import java.util.List;

/**
 * How a tokenizer is trained (paper §3.2, Eq. 3).
 *
 * @param crops what a step looks at, each size in a pass of its own; one size is not enough for a tokenizer that is used at
 *     several, because the statistics of its norms and the look of edges change with the size
 * @param noise γ: latents get α·ε with α ~ U[0, γ] before they are decoded; the paper names 0.5, 0 is none
 * @param loss what is minimised
 * @param compute in which numbers
 */
public record TokenizerSettings(List<CropSet> crops, double noise, ReconstructionLoss loss, Compute compute) {
    /** Checks the ranges. */
    public TokenizerSettings {
        crops = List.copyOf(crops);
        if (crops.isEmpty()) {
            throw new IllegalArgumentException("there are no crops, at least one size is needed");
        }
        if (crops.stream().mapToInt(CropSet::side).distinct().count() < crops.size()) {
            throw new IllegalArgumentException("two kinds of crops have the same side; make one of them");
        }
        if (!(noise >= 0 && noise <= 4)) {
            throw new IllegalArgumentException("latent noise is " + noise + ", allowed is 0 to 4");
        }
    }

    /** Crops of a step, of all sizes. */
    public int batch() {
        return crops.stream().mapToInt(CropSet::batch).sum();
    }
}
