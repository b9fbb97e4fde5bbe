package dev.nextstep.data.filter;

import dev.nextstep.image.Pixels;

/**
 * Pictures that are not blurred; of several, the least sharp counts. The measure is the variance of the Laplacian of the
 * brightness (Pech-Pacheco et al. 2000), on the picture shrunk to a longer side of 512: a few tens for a blurred photograph,
 * hundreds to thousands for a sharp one, 0 for a plain area.
 *
 * @param min smallest variance, from 0 on
 */
public record SharpnessFilter(double min) implements Filter {
    private static final int SIDE = 512;

    /** Checks the range. */
    public SharpnessFilter {
        if (!(min >= 0)) {
            throw new IllegalArgumentException("the smallest sharpness must be at least 0, got " + min);
        }
    }

    @Override
    public String name() {
        return "sharpness";
    }

    @Override
    public String rule() {
        return "variance of the Laplacian at least %s".formatted(min);
    }

    @Override
    public Verdict judge(Candidate candidate) {
        var least = candidate.pictures().stream()
                .mapToDouble(SharpnessFilter::sharpness)
                .min();
        return least.isEmpty() ? Verdict.PASSED : Verdict.atLeast(least.getAsDouble(), min);
    }

    /** The measure; 0 for pictures below 3 × 3 pixels. */
    static double sharpness(Pixels picture) {
        var luma = Luma.atMost(picture, SIDE);
        double sum = 0;
        double squares = 0;
        long n = 0;
        for (int y = 1; y < luma.height() - 1; y++) {
            for (int x = 1; x < luma.width() - 1; x++) {
                int laplacian = luma.at(x - 1, y)
                        + luma.at(x + 1, y)
                        + luma.at(x, y - 1)
                        + luma.at(x, y + 1)
                        - 4 * luma.at(x, y);
                sum += laplacian;
                squares += (double) laplacian * laplacian;
                n++;
            }
        }
        return n == 0 ? 0 : squares / n - sum / n * (sum / n);
    }
}
