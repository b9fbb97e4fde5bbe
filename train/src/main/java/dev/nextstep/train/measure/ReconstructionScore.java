package dev.nextstep.train.measure;

import dev.nextstep.image.PictureDifference;
import dev.nextstep.image.Pixels;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What an image tokenizer keeps of pictures ({@link PictureDifference}).
 *
 * @param psnr mean over the pictures, in dB; a picture that comes back unchanged counts as {@value #MOST_DECIBELS} dB
 * @param psnrOfMeanError PSNR of the mean squared error over all pictures, in dB: below the mean, as bad pictures weigh
 *     more
 * @param ssim mean over the pictures
 */
public record ReconstructionScore(Estimate psnr, double psnrOfMeanError, Estimate ssim) {
    /** PSNR of equal pictures, whose own is infinite. */
    public static final double MOST_DECIBELS = 100;

    /**
     * Measures a tokenizer.
     *
     * @param pictures at least one, of the size to measure at
     * @param reconstruct encodes and decodes a picture, such as {@code model::reconstruct}
     */
    public static ReconstructionScore of(List<Pixels> pictures, UnaryOperator<Pixels> reconstruct) {
        return of(pictures.stream()
                .map(picture -> PictureDifference.of(picture, reconstruct.apply(picture)))
                .toList());
    }

    /** The score of differences between pictures and their reconstructions, at least one. */
    public static ReconstructionScore of(List<PictureDifference> differences) {
        double[] psnr = differences.stream()
                .mapToDouble(d -> Math.min(MOST_DECIBELS, d.psnr()))
                .toArray();
        double[] ssim =
                differences.stream().mapToDouble(PictureDifference::ssim).toArray();
        double error = differences.stream()
                .mapToDouble(PictureDifference::meanSquaredError)
                .average()
                .orElse(0);
        return new ReconstructionScore(
                Estimate.mean(psnr),
                Math.min(MOST_DECIBELS, 10 * Math.log10(255.0 * 255.0 / error)),
                Estimate.mean(ssim));
    }
}
