package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;

/**
 * Two pixels in each character: ▀ with the upper one as colour of the text and the lower one as colour of the ground.
 *
 * @param colors how many colours the terminal has; not {@link ColorDepth#NONE}. With 256 or 16 the picture is dithered.
 */
public record HalfBlockRenderer(ColorDepth colors) implements PictureRenderer {
    /** Of the terminal: what is left of a line of characters below a picture of odd height. */
    private static final int DEFAULT_COLOR = -1;

    public HalfBlockRenderer {
        if (colors == ColorDepth.NONE) {
            throw new IllegalArgumentException("half blocks need colours; TextRenderer needs none");
        }
    }

    @Override
    public Frame render(Pixels pixels, TerminalSize size, int pictureId) {
        Pixels fitted = PictureFit.toHalfBlocks(pixels, size);
        int width = fitted.width();
        int rows = Math.ceilDiv(fitted.height(), 2);
        int[] codes = codes(fitted);
        var text = new StringBuilder(rows * width * 8);
        for (int row = 0; row < rows; row++) {
            int ink = DEFAULT_COLOR;
            int ground = DEFAULT_COLOR;
            for (int x = 0; x < width; x++) {
                int upper = codes[2 * row * width + x];
                int lower = 2 * row + 1 < fitted.height() ? codes[(2 * row + 1) * width + x] : DEFAULT_COLOR;
                if (upper != ink) {
                    sgr(text, Layer.INK, upper);
                    ink = upper;
                }
                if (lower != ground) {
                    sgr(text, Layer.GROUND, lower);
                    ground = lower;
                }
                text.append('▀');
            }
            text.append(Ansi.RESET).append('\n');
        }
        return new Frame(text.toString(), width, rows);
    }

    private enum Layer {
        INK,
        GROUND
    }

    /** 0xRRGGBB for each pixel, or the number of a colour of the terminal. */
    private int[] codes(Pixels pixels) {
        return switch (colors) {
            case TRUE_COLOR -> {
                int[] out = new int[pixels.width() * pixels.height()];
                for (int i = 0; i < out.length; i++) {
                    out[i] = pixels.rgb(i % pixels.width(), i / pixels.width());
                }
                yield out;
            }
            // The first sixteen are what a person's theme makes of them, so with 256 only the fixed ones are used.
            case ANSI_256 -> shifted(Dither.indices(pixels, Palette.xterm240()), 16);
            case ANSI_16, NONE -> Dither.indices(pixels, Palette.ansi16());
        };
    }

    private static int[] shifted(int[] values, int by) {
        for (int i = 0; i < values.length; i++) {
            values[i] += by;
        }
        return values;
    }

    private void sgr(StringBuilder text, Layer layer, int code) {
        int offset = layer == Layer.INK ? 0 : 10;
        text.append(Ansi.ESC).append('[');
        if (code == DEFAULT_COLOR) {
            text.append(39 + offset).append('m');
            return;
        }
        switch (colors) {
            case TRUE_COLOR ->
                text.append(38 + offset)
                        .append(";2;")
                        .append(code >> 16 & 255)
                        .append(';')
                        .append(code >> 8 & 255)
                        .append(';')
                        .append(code & 255);
            case ANSI_256 -> text.append(38 + offset).append(";5;").append(code);
            case ANSI_16, NONE -> text.append((code < 8 ? 30 : 90 - 8) + code + offset);
        }
        text.append('m');
    }
}
