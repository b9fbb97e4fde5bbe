package dev.nextstep.cli.terminal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A choice of colours, and which of them is nearest to any other. Not for several threads at once. */
final class Palette {
    private static final int[] ANSI = {
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF
    };
    private static final int[] CUBE = {0, 95, 135, 175, 215, 255};
    private static final int BINS = 1 << 15;

    private final int[] colors;
    private final Map<Integer, Integer> exact;
    private final short[] nearest = new short[BINS];

    Palette(int[] colors) {
        if (colors.length < 1 || colors.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a palette has 1 to 32767 colours, got " + colors.length);
        }
        this.colors = colors.clone();
        exact = HashMap.newHashMap(colors.length);
        for (int i = 0; i < colors.length; i++) {
            exact.putIfAbsent(colors[i], i);
        }
        Arrays.fill(nearest, (short) -1);
    }

    /** The sixteen colours as xterm has them; every terminal has its own. */
    static Palette ansi16() {
        return new Palette(ANSI);
    }

    /** The colours 16 to 255 of xterm: a cube of 6 x 6 x 6 and 24 greys, the same on all terminals. */
    static Palette xterm240() {
        int[] colors = new int[240];
        for (int i = 0; i < 216; i++) {
            colors[i] = CUBE[i / 36] << 16 | CUBE[i / 6 % 6] << 8 | CUBE[i % 6];
        }
        for (int i = 0; i < 24; i++) {
            colors[216 + i] = 0x010101 * (8 + 10 * i);
        }
        return new Palette(colors);
    }

    int size() {
        return colors.length;
    }

    /** A colour as 0xRRGGBB. */
    int color(int index) {
        return colors[index];
    }

    /**
     * The number of the nearest colour: of the very colour if it is there, else found through its five highest bits per
     * channel, which dithering makes up for.
     */
    int nearest(int rgb) {
        Integer same = exact.get(rgb);
        if (same != null) {
            return same;
        }
        int bin = (rgb >> 9 & 0x7C00) | (rgb >> 6 & 0x3E0) | (rgb >> 3 & 0x1F);
        if (nearest[bin] < 0) {
            nearest[bin] = (short) search((rgb & 0xF8F8F8) | 0x040404);
        }
        return nearest[bin];
    }

    private int search(int rgb) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < colors.length; i++) {
            int distance = distance(rgb, colors[i]);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    /** Squared distance with the weights of the eye, roughly. */
    static int distance(int a, int b) {
        int red = (a >> 16 & 255) - (b >> 16 & 255);
        int green = (a >> 8 & 255) - (b >> 8 & 255);
        int blue = (a & 255) - (b & 255);
        return 3 * red * red + 6 * green * green + blue * blue;
    }
}
