package dev.nextstep.train.measure;

import dev.nextstep.data.KeyedRandom;
import dev.nextstep.image.Pixels;

/** Blur and noise as an image tokenizer leaves them, in a random amount. */
final class Softening {
    private static final double STRONGEST_NOISE = 6;
    private static final int[] WINDOW = {1, 2, 1};

    private Softening() {}

    /** The picture mixed with its binomial 3 × 3 blur, and normal noise of a deviation of up to 6 of 255 levels. */
    static Pixels of(Pixels pixels, long seed) {
        var numbers = new KeyedRandom(seed, KeyedRandom.of("soften"));
        int width = pixels.width();
        int height = pixels.height();
        double strength = numbers.nextDouble();
        double noise = STRONGEST_NOISE * numbers.nextDouble();
        byte[] from = pixels.toBytes();
        var to = new byte[from.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    int at = 3 * (y * width + x) + c;
                    double blurred = blurred(from, width, height, x, y, c);
                    double mixed = (from[at] & 255) * (1 - strength) + blurred * strength;
                    to[at] = (byte) Math.clamp(Math.round(mixed + noise * numbers.nextGaussian()), 0, 255);
                }
            }
        }
        return Pixels.of(width, height, to);
    }

    private static double blurred(byte[] rgb, int width, int height, int x, int y, int channel) {
        int sum = 0;
        for (int dy = -1; dy <= 1; dy++) {
            int row = Math.clamp(y + dy, 0, height - 1) * width;
            for (int dx = -1; dx <= 1; dx++) {
                int value = rgb[3 * (row + Math.clamp(x + dx, 0, width - 1)) + channel] & 255;
                sum += WINDOW[dy + 1] * WINDOW[dx + 1] * value;
            }
        }
        return sum / 16.0;
    }
}
