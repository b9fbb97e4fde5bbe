package dev.nextstep.train.measure;

import dev.nextstep.image.Pixels;
import java.util.Arrays;

/**
 * What a picture looks like from afar: the mean red, green and blue of each of 16 × 16 fields. Two pictures are as far
 * apart as the Euclidean distance of these 768 numbers, each from 0 to 255.
 */
public final class ColourGrid {
    /** Fields along a side. */
    public static final int FIELDS = 16;

    private final float[] means;

    private ColourGrid(float[] means) {
        this.means = means;
    }

    /**
     * The grid of a picture.
     *
     * @throws IllegalArgumentException unless both sides are multiples of 16
     */
    public static ColourGrid of(Pixels pixels) {
        int width = pixels.width();
        int height = pixels.height();
        if (width % FIELDS != 0 || height % FIELDS != 0) {
            throw new IllegalArgumentException(
                    "a picture of %d x %d pixels has no colour grid: both sides must be multiples of %d"
                            .formatted(width, height, FIELDS));
        }
        var sums = new int[FIELDS * FIELDS * 3];
        byte[] rgb = pixels.toBytes();
        int at = 0;
        for (int y = 0; y < height; y++) {
            int row = y * FIELDS / height * FIELDS;
            for (int x = 0; x < width; x++) {
                int field = 3 * (row + x * FIELDS / width);
                sums[field] += rgb[at++] & 255;
                sums[field + 1] += rgb[at++] & 255;
                sums[field + 2] += rgb[at++] & 255;
            }
        }
        float area = (float) width * height / (FIELDS * FIELDS);
        var means = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            means[i] = sums[i] / area;
        }
        return new ColourGrid(means);
    }

    /** Euclidean distance, 0 to 255·√768 ≈ 7,067. */
    public double distance(ColourGrid other) {
        return Math.sqrt(squaredDistance(other));
    }

    double squaredDistance(ColourGrid other) {
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
            double d = means[i] - other.means[i];
            sum += d * d;
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ColourGrid grid && Arrays.equals(means, grid.means);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(means);
    }
}
