package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;
import java.util.Random;

final class TestPictures {
    private TestPictures() {}

    /** Every pixel by chance. */
    static Pixels noise(int width, int height, long seed) {
        byte[] rgb = new byte[3 * width * height];
        new Random(seed).nextBytes(rgb);
        return Pixels.of(width, height, rgb);
    }

    /** Every pixel by chance from a few colours. */
    static Pixels fewColors(int width, int height, int colors, long seed) {
        var random = new Random(seed);
        int[] palette = random.ints(colors, 0, 1 << 24).toArray();
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            int color = palette[random.nextInt(colors)];
            rgb[3 * i] = (byte) (color >> 16);
            rgb[3 * i + 1] = (byte) (color >> 8);
            rgb[3 * i + 2] = (byte) color;
        }
        return Pixels.of(width, height, rgb);
    }

    static Pixels plain(int width, int height, int color) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            rgb[3 * i] = (byte) (color >> 16);
            rgb[3 * i + 1] = (byte) (color >> 8);
            rgb[3 * i + 2] = (byte) color;
        }
        return Pixels.of(width, height, rgb);
    }

    /** Red from left to right, green from top to bottom. */
    static Pixels gradient(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                rgb[3 * (y * width + x)] = (byte) (255 * x / Math.max(1, width - 1));
                rgb[3 * (y * width + x) + 1] = (byte) (255 * y / Math.max(1, height - 1));
                rgb[3 * (y * width + x) + 2] = (byte) 96;
            }
        }
        return Pixels.of(width, height, rgb);
    }
}
