package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Sixel graphics (DEC STD 070, chapter 9; VT330/VT340 Programmer Reference, chapter 14): bands of six rows, in each of them
 * one pass per colour, runs of the same character counted.
 */
final class SixelEncoder {
    private static final int MAX_COLORS = 256;
    private static final int BAND = 6;
    /** The character of six blank pixels; the lowest bit of what is added to it is the uppermost pixel. */
    private static final char BLANK = '?';

    private SixelEncoder() {}

    /** The whole sequence, from DCS to ST. */
    static String encode(Pixels pixels) {
        int width = pixels.width();
        int height = pixels.height();
        Palette palette = new Palette(Arrays.stream(MedianCut.colors(pixels, MAX_COLORS))
                .map(SixelEncoder::shown)
                .distinct()
                .toArray());
        int[] indices = Dither.indices(shown(pixels), palette);

        var out = new StringBuilder(width * height / 2 + 8192);
        // Square pixels; what is not drawn stays as it is.
        out.append(Ansi.ESC).append("P0;1;0q\"1;1;").append(width).append(';').append(height);
        defineColors(out, palette, indices);
        var bits = new byte[palette.size()][width];
        for (int top = 0; top < height; top += BAND) {
            var used = new BitSet(palette.size());
            for (int y = top; y < Math.min(height, top + BAND); y++) {
                for (int x = 0; x < width; x++) {
                    int index = indices[y * width + x];
                    bits[index][x] |= (byte) (1 << (y - top));
                    used.set(index);
                }
            }
            for (int index = used.nextSetBit(0); index >= 0; index = used.nextSetBit(index + 1)) {
                out.append('#').append(index);
                appendRow(out, bits[index]);
                out.append('$');
                Arrays.fill(bits[index], (byte) 0);
            }
            out.setCharAt(out.length() - 1, '-'); // after the last colour to the next band instead of back
        }
        out.setLength(out.length() - 1); // no band follows: a terminal would count one more line
        return out.append(Ansi.ESC).append('\\').toString();
    }

    private static void defineColors(StringBuilder out, Palette palette, int[] indices) {
        var used = new BitSet(palette.size());
        for (int index : indices) {
            used.set(index);
        }
        used.stream().forEach(index -> {
            int rgb = palette.color(index);
            out.append('#')
                    .append(index)
                    .append(";2;")
                    .append(percent(rgb >> 16 & 255))
                    .append(';')
                    .append(percent(rgb >> 8 & 255))
                    .append(';')
                    .append(percent(rgb & 255));
        });
    }

    private static void appendRow(StringBuilder out, byte[] bits) {
        int end = bits.length;
        while (end > 0 && bits[end - 1] == 0) {
            end--;
        }
        for (int from = 0; from < end; ) {
            int to = from + 1;
            while (to < end && bits[to] == bits[from]) {
                to++;
            }
            char character = (char) (BLANK + bits[from]);
            int run = to - from;
            if (run > 3) {
                out.append('!').append(run).append(character);
            } else {
                out.repeat(character, run);
            }
            from = to;
        }
    }

    /** Sixel colours are given in percent, so a picture can only have the colours that 101 steps per channel make. */
    private static Pixels shown(Pixels pixels) {
        byte[] bytes = pixels.toBytes();
        byte[] out = bytes.clone();
        for (int i = 0; i < bytes.length; i++) {
            out[i] = (byte) shownChannel(bytes[i] & 255);
        }
        return Pixels.of(pixels.width(), pixels.height(), out);
    }

    private static int shown(int rgb) {
        return shownChannel(rgb >> 16 & 255) << 16 | shownChannel(rgb >> 8 & 255) << 8 | shownChannel(rgb & 255);
    }

    private static int shownChannel(int value) {
        return (percent(value) * 255 + 50) / 100;
    }

    private static int percent(int value) {
        return (value * 100 + 127) / 255;
    }
}
