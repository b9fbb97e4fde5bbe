package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Reads a sixel sequence as a terminal does. Strict: a pixel outside of the raster or without a colour fails. */
final class SixelDecoder {
    private final String text;
    private int at;

    private SixelDecoder(String text) {
        this.text = text;
    }

    /** From after ESC, {@code P…}, to before ST. */
    static Pixels decode(String sequence) {
        return new SixelDecoder(sequence).decode();
    }

    private Pixels decode() {
        at = text.indexOf('q') + 1;
        int[] raster = parameters('"');
        int width = raster[2];
        int height = raster[3];
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, -1);
        Map<Integer, Integer> colors = new HashMap<>();
        int color = -1;
        int x = 0;
        int y = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int[] definition = parameters('#');
                color = definition[0];
                if (definition.length == 5) {
                    colors.put(
                            color, channel(definition[2]) << 16 | channel(definition[3]) << 8 | channel(definition[4]));
                }
                continue;
            }
            int run = 1;
            if (c == '!') {
                run = parameters('!')[0];
                c = text.charAt(at);
            }
            at++;
            switch (c) {
                case '$' -> x = 0;
                case '-' -> {
                    x = 0;
                    y += 6;
                }
                default -> {
                    int bits = c - '?';
                    if (bits < 0 || bits > 63) {
                        throw new AssertionError("no sixel: " + (int) c);
                    }
                    for (int i = 0; i < run; i++, x++) {
                        for (int bit = 0; bit < 6; bit++) {
                            if ((bits >> bit & 1) == 1) {
                                if (x >= width || y + bit >= height) {
                                    throw new AssertionError("outside of the raster: " + x + ", " + (y + bit));
                                }
                                pixels[(y + bit) * width + x] =
                                        Objects.requireNonNull(colors.get(color), "no such colour");
                            }
                        }
                    }
                }
            }
        }
        byte[] rgb = new byte[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] < 0) {
                throw new AssertionError("a pixel was left out: " + i);
            }
            rgb[3 * i] = (byte) (pixels[i] >> 16);
            rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
            rgb[3 * i + 2] = (byte) pixels[i];
        }
        return Pixels.of(width, height, rgb);
    }

    private static int channel(int percent) {
        return (int) Math.round(percent * 2.55);
    }

    private int[] parameters(char start) {
        if (text.charAt(at) != start) {
            throw new AssertionError("expected " + start + " at " + at);
        }
        int from = ++at;
        while (Character.isDigit(text.charAt(at)) || text.charAt(at) == ';') {
            at++;
        }
        return Arrays.stream(text.substring(from, at).split(";"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
