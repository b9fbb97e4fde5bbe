package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;

/**
 * Floyd–Steinberg dithering ("An adaptive algorithm for spatial grey scale", 1976), every other row from right to left. A
 * pixel whose colour is in the palette, in a picture that has no others, keeps it.
 */
final class Dither {
    private Dither() {}

    /** The number of a palette's colour for each pixel, row by row. */
    static int[] indices(Pixels pixels, Palette palette) {
        int width = pixels.width();
        int height = pixels.height();
        int[] out = new int[width * height];
        // Errors in sixteenths, three channels, with one pixel of margin on both sides.
        int[] here = new int[3 * (width + 2)];
        int[] below = new int[3 * (width + 2)];
        for (int y = 0; y < height; y++) {
            int direction = y % 2 == 0 ? 1 : -1;
            for (int i = 0; i < width; i++) {
                int x = direction > 0 ? i : width - 1 - i;
                int wanted = pixels.rgb(x, y);
                int at = 3 * (x + 1);
                int red = corrected(wanted >> 16 & 255, here[at]);
                int green = corrected(wanted >> 8 & 255, here[at + 1]);
                int blue = corrected(wanted & 255, here[at + 2]);
                int index = palette.nearest(red << 16 | green << 8 | blue);
                int got = palette.color(index);
                out[y * width + x] = index;
                spread(here, below, at, 3 * direction, red - (got >> 16 & 255));
                spread(here, below, at + 1, 3 * direction, green - (got >> 8 & 255));
                spread(here, below, at + 2, 3 * direction, blue - (got & 255));
            }
            int[] done = here;
            here = below;
            below = done;
            java.util.Arrays.fill(below, 0);
        }
        return out;
    }

    private static int corrected(int value, int sixteenths) {
        return Math.clamp(value + ((sixteenths + 8) >> 4), 0, 255);
    }

    private static void spread(int[] here, int[] below, int at, int step, int error) {
        here[at + step] += 7 * error;
        below[at - step] += 3 * error;
        below[at] += 5 * error;
        below[at + step] += error;
    }
}
