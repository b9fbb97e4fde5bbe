package dev.nextstep.data.filter;

import dev.nextstep.image.Pixels;
import dev.nextstep.image.ResampleFilter;
import dev.nextstep.image.Resampler;

/**
 * What a picture looks like from afar: a perceptual hash and mean colours.
 *
 * @param hash 64 bits: whether each of the 8 × 8 lowest frequencies of the brightness, the mean left out, lies above their
 *     median (DCT of 32 × 32 pixels; Zauner 2010)
 * @param colours [8][8][3] mean colours, 0 to 255
 */
record Fingerprint(long hash, byte[] colours) {
    private static final int SIDE = 32;
    private static final int LOW = 8;
    private static final double[][] COSINES = cosines();

    private static double[][] cosines() {
        var table = new double[LOW + 1][SIDE];
        for (int k = 0; k <= LOW; k++) {
            for (int i = 0; i < SIDE; i++) {
                table[k][i] = StrictMath.cos(Math.PI * k * (2 * i + 1) / (2.0 * SIDE));
            }
        }
        return table;
    }

    static Fingerprint of(Pixels picture) {
        var small = Luma.of(Resampler.resize(picture, SIDE, SIDE, ResampleFilter.BOX));
        // Frequencies 1 to 8: those of 0 say how bright a row or column is as a whole, and change with every margin.
        double[] low = new double[LOW * LOW];
        for (int v = 0; v < LOW; v++) {
            for (int u = 0; u < LOW; u++) {
                double sum = 0;
                for (int y = 0; y < SIDE; y++) {
                    double row = 0;
                    for (int x = 0; x < SIDE; x++) {
                        row += small.at(x, y) * COSINES[u + 1][x];
                    }
                    sum += row * COSINES[v + 1][y];
                }
                low[v * LOW + u] = sum;
            }
        }
        double[] sorted = low.clone();
        java.util.Arrays.sort(sorted);
        double median = (sorted[31] + sorted[32]) / 2;
        long hash = 0;
        for (int i = 0; i < low.length; i++) {
            hash |= low[i] > median ? 1L << i : 0;
        }
        return new Fingerprint(
                hash, Resampler.resize(picture, LOW, LOW, ResampleFilter.BOX).toBytes());
    }

    /** Number of bits that differ, 0 to 64. */
    int distance(Fingerprint other) {
        return Long.bitCount(hash ^ other.hash);
    }

    /** Mean difference of the mean colours, in levels, 0 to 255. */
    double colourDifference(Fingerprint other) {
        int sum = 0;
        for (int i = 0; i < colours.length; i++) {
            sum += Math.abs((colours[i] & 255) - (other.colours[i] & 255));
        }
        return (double) sum / colours.length;
    }
}
