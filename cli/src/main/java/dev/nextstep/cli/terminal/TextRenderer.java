package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;

/** Brightness as characters, from a blank to {@code @}: for terminals without colours. Two pixels per character. */
public record TextRenderer() implements PictureRenderer {
    /** From dark to bright, for light text on a dark ground. */
    static final String RAMP = " .:-=+*#%@";

    @Override
    public Frame render(Pixels pixels, TerminalSize size, int pictureId) {
        Pixels fitted = PictureFit.toHalfBlocks(pixels, size);
        int rows = Math.ceilDiv(fitted.height(), 2);
        var text = new StringBuilder(rows * (fitted.width() + 1));
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < fitted.width(); x++) {
                int upper = brightness(fitted.rgb(x, 2 * row));
                int lower = 2 * row + 1 < fitted.height() ? brightness(fitted.rgb(x, 2 * row + 1)) : upper;
                text.append(RAMP.charAt((upper + lower) / 2 * RAMP.length() / 256));
            }
            text.append('\n');
        }
        return new Frame(text.toString(), fitted.width(), rows);
    }

    /** Luma (ITU-R BT.601), 0 to 255. */
    private static int brightness(int rgb) {
        return (299 * (rgb >> 16 & 255) + 587 * (rgb >> 8 & 255) + 114 * (rgb & 255)) / 1000;
    }
}
