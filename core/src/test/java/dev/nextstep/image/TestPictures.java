package dev.nextstep.image;

import java.util.Random;

/** Pictures of several kinds from a seed. */
final class TestPictures {
    private TestPictures() {}

    enum Kind {
        NOISE,
        SMOOTH,
        FLAT,
        STRIPES,
        FEW_COLOURS
    }

    static Pixels of(Kind kind, int width, int height, Random random) {
        byte[] rgb = new byte[3 * width * height];
        int[] colours = random.ints(5).toArray();
        double fx = random.nextDouble() / 8;
        double fy = random.nextDouble() / 8;
        for (int i = 0; i < width * height; i++) {
            int x = i % width;
            int y = i / width;
            int colour = switch (kind) {
                case NOISE -> random.nextInt();
                case SMOOTH -> {
                    int r = (int) (127 + 120 * StrictMath.sin(x * fx));
                    int g = (int) (127 + 120 * StrictMath.sin(y * fy));
                    int b = (int) (127 + 120 * StrictMath.sin(x * fy + y * fx));
                    yield (r << 16) | (g << 8) | b;
                }
                case FLAT -> colours[0];
                case STRIPES -> colours[(x / 3 + y / 7) % 5];
                case FEW_COLOURS -> colours[random.nextInt(3)];
            };
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) (colour >> (8 * c));
            }
        }
        return Pixels.of(width, height, rgb);
    }
}
