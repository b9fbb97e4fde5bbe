package dev.nextstep.image;

/**
 * How far two pictures of one size are apart.
 *
 * <p>SSIM as Wang, Bovik, Sheikh and Simoncelli define it (IEEE Transactions on Image Processing 13/4, 2004): Gaussian
 * window of 11 × 11 pixels with σ 1.5, K₁ 0.01, K₂ 0.03, dynamic range 255, over the windows that lie wholly inside;
 * computed for red, green and blue apart and averaged. PSNR is over all three channels together.
 *
 * @param meanSquaredError mean over all values, 0 to 65 025
 * @param psnr 10·log₁₀(255² / meanSquaredError) in dB; positive infinity for equal pictures
 * @param ssim mean structural similarity, 1 for equal pictures
 * @param largest largest difference of two values, 0 to 255
 */
public record PictureDifference(double meanSquaredError, double psnr, double ssim, int largest) {
    /** Side of the window: the least side of a picture. */
    public static final int WINDOW = 11;

    private static final double SIGMA = 1.5;
    private static final double C1 = 0.01 * 255 * 0.01 * 255;
    private static final double C2 = 0.03 * 255 * 0.03 * 255;

    /** Filtered at each place: a, b, a², b², a·b. */
    private static final int MAPS = 5;

    /**
     * Compares two pictures.
     *
     * @throws IllegalArgumentException if their sizes differ or a side is shorter than {@value #WINDOW} pixels
     */
    public static PictureDifference of(Pixels a, Pixels b) {
        requireSameSize(a, b);
        if (a.width() < WINDOW || a.height() < WINDOW) {
            throw new IllegalArgumentException(
                    "pictures of %d x %d pixels are too small to compare; a side has at least %d"
                            .formatted(a.width(), a.height(), WINDOW));
        }
        byte[] x = a.bytes();
        byte[] y = b.bytes();
        long squares = 0;
        int largest = 0;
        for (int i = 0; i < x.length; i++) {
            int d = Math.abs((x[i] & 255) - (y[i] & 255));
            squares += (long) d * d;
            largest = Math.max(largest, d);
        }
        double mse = (double) squares / x.length;
        double psnr = squares == 0 ? Double.POSITIVE_INFINITY : 10 * StrictMath.log10(255.0 * 255.0 / mse);
        double ssim = 0;
        for (int channel = 0; channel < 3; channel++) {
            ssim += ssim(x, y, a.width(), a.height(), channel) / 3;
        }
        return new PictureDifference(mse, psnr, ssim, largest);
    }

    /**
     * The difference as a picture: |a − b| · {@code factor} of each value, at most 255; black where they agree.
     *
     * @throws IllegalArgumentException if the sizes differ or the factor is not 1 to 255
     */
    public static Pixels amplified(Pixels a, Pixels b, int factor) {
        requireSameSize(a, b);
        if (factor < 1 || factor > 255) {
            throw new IllegalArgumentException("the factor must be between 1 and 255, not " + factor);
        }
        byte[] x = a.bytes();
        byte[] y = b.bytes();
        var out = new byte[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = (byte) Math.min(255, factor * Math.abs((x[i] & 255) - (y[i] & 255)));
        }
        return Pixels.wrap(a.width(), a.height(), out);
    }

    private static void requireSameSize(Pixels a, Pixels b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw new IllegalArgumentException("only pictures of one size can be compared, not %d x %d with %d x %d"
                    .formatted(a.width(), a.height(), b.width(), b.height()));
        }
    }

    // The window is separable: each row is filtered along itself once, and the last eleven rows are kept.
    private static double ssim(byte[] x, byte[] y, int width, int height, int channel) {
        double[] window = window();
        int places = width - WINDOW + 1;
        var rows = new double[WINDOW][MAPS][places];
        var sums = new double[MAPS];
        double total = 0;
        for (int row = 0; row < height; row++) {
            filterRow(x, y, row * width, channel, window, rows[row % WINDOW]);
            if (row < WINDOW - 1) {
                continue;
            }
            for (int at = 0; at < places; at++) {
                for (int map = 0; map < MAPS; map++) {
                    double sum = 0;
                    for (int k = 0; k < WINDOW; k++) {
                        sum += window[k] * rows[(row + 1 + k) % WINDOW][map][at];
                    }
                    sums[map] = sum;
                }
                total += similarity(sums);
            }
        }
        return total / ((double) places * (height - WINDOW + 1));
    }

    private static void filterRow(byte[] x, byte[] y, int firstPixel, int channel, double[] window, double[][] maps) {
        int places = maps[0].length;
        for (int at = 0; at < places; at++) {
            double a = 0;
            double b = 0;
            double aa = 0;
            double bb = 0;
            double ab = 0;
            for (int k = 0; k < WINDOW; k++) {
                int i = 3 * (firstPixel + at + k) + channel;
                double p = x[i] & 255;
                double q = y[i] & 255;
                double w = window[k];
                a += w * p;
                b += w * q;
                aa += w * p * p;
                bb += w * q * q;
                ab += w * p * q;
            }
            maps[0][at] = a;
            maps[1][at] = b;
            maps[2][at] = aa;
            maps[3][at] = bb;
            maps[4][at] = ab;
        }
    }

    private static double similarity(double[] sums) {
        double a = sums[0];
        double b = sums[1];
        double varianceA = sums[2] - a * a;
        double varianceB = sums[3] - b * b;
        double covariance = sums[4] - a * b;
        return (2 * a * b + C1) * (2 * covariance + C2) / ((a * a + b * b + C1) * (varianceA + varianceB + C2));
    }

    private static double[] window() {
        var window = new double[WINDOW];
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            double distance = i - WINDOW / 2;
            window[i] = StrictMath.exp(-distance * distance / (2 * SIGMA * SIGMA));
            sum += window[i];
        }
        for (int i = 0; i < WINDOW; i++) {
            window[i] /= sum;
        }
        return window;
    }
}
