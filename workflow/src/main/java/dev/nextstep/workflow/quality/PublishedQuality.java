package dev.nextstep.workflow.quality;

import dev.nextstep.image.Pixels;
import dev.nextstep.image.ResampleFilter;
import dev.nextstep.image.Resampler;

/**
 * The quality score that practitioners' scripts round the official code compute, exactly as published (golden set
 * {@code quality-score}). Each part is in 0 … 1. It knows nothing about what the picture shows, and it takes noise for sharpness
 * and colour: {@link ArtifactScore} is the better gate; this one is here so that figures can be compared.
 *
 * @param sharpness variance of the Laplacian / 100
 * @param colourDiversity mean variance of the channels · 10
 * @param compositionBalance 1 − 5 · variance of the means of 3 × 3 regions
 * @param artifactLevel half of the mean absolute high frequency; less is better
 */
public record PublishedQuality(
        double sharpness, double colourDiversity, double compositionBalance, double artifactLevel) {
    private static final int SIDE = 512;
    private static final int REGIONS = 3;
    private static final double[] MEAN = {0.485, 0.456, 0.406};
    private static final double[] DEVIATION = {0.229, 0.224, 0.225};

    /** Scores a picture: brought to 512 × 512 whatever its shape, channels normalised as for ImageNet. */
    public static PublishedQuality of(Pixels picture) {
        var square = Resampler.resize(picture, SIDE, SIDE, ResampleFilter.BILINEAR);
        var rgb = square.toBytes();
        var planes = new float[3][SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            for (int c = 0; c < 3; c++) {
                float value = (rgb[3 * i + c] & 255) / 255f;
                planes[c][i] = (value - (float) MEAN[c]) / (float) DEVIATION[c];
            }
        }
        return of(planes, SIDE, SIDE);
    }

    /**
     * Scores values as they are.
     *
     * @param planes three channels of height · width values, row by row
     */
    static PublishedQuality of(float[][] planes, int width, int height) {
        var grey = new double[width * height];
        double variances = 0;
        for (var plane : planes) {
            for (int i = 0; i < grey.length; i++) {
                grey[i] += plane[i] / 3.0;
            }
            variances += variance(plane) / 3;
        }
        var laplacian = new double[grey.length];
        double high = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double cross = at(grey, x - 1, y, width, height)
                        + at(grey, x + 1, y, width, height)
                        + at(grey, x, y - 1, width, height)
                        + at(grey, x, y + 1, width, height);
                double corners = at(grey, x - 1, y - 1, width, height)
                        + at(grey, x + 1, y - 1, width, height)
                        + at(grey, x - 1, y + 1, width, height)
                        + at(grey, x + 1, y + 1, width, height);
                double centre = grey[y * width + x];
                laplacian[y * width + x] = cross - 4 * centre;
                high += Math.abs(8 * centre - cross - corners);
            }
        }
        double balance = regionVariance(grey, width, height);
        return new PublishedQuality(
                Math.min(1, variance(laplacian) / 100),
                Math.min(1, variances * 10),
                1 - Math.min(1, balance * 5),
                Math.min(1, high / grey.length / 2));
    }

    /** The weighted sum: 0.3 sharpness, 0.2 colour diversity, 0.3 balance, 0.2 absence of artifacts. */
    public double overall() {
        return 0.3 * sharpness + 0.2 * colourDiversity + 0.3 * compositionBalance + 0.2 * (1 - artifactLevel);
    }

    private static double at(double[] grey, int x, int y, int width, int height) {
        return x < 0 || y < 0 || x >= width || y >= height ? 0 : grey[y * width + x];
    }

    private static double variance(float[] values) {
        var wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return variance(wide);
    }

    /** Unbiased. */
    private static double variance(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.length - 1);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Population variance of the means of nine cells; what is left of a third at the right and below does not count. */
    private static double regionVariance(double[] grey, int width, int height) {
        int w = width / REGIONS;
        int h = height / REGIONS;
        var means = new double[REGIONS * REGIONS];
        for (int r = 0; r < means.length; r++) {
            double sum = 0;
            for (int y = r / REGIONS * h; y < (r / REGIONS + 1) * h; y++) {
                for (int x = r % REGIONS * w; x < (r % REGIONS + 1) * w; x++) {
                    sum += grey[y * width + x];
                }
            }
            means[r] = sum / (w * h);
        }
        double mean = mean(means);
        double sum = 0;
        for (double value : means) {
            sum += (value - mean) * (value - mean);
        }
        return sum / means.length;
    }
}
