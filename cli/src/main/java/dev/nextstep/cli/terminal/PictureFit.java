package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;
import dev.nextstep.image.ResampleFilter;
import dev.nextstep.image.Resampler;

/** Brings pictures to the size in which a terminal shows them. */
final class PictureFit {
    /** Pictures on terminals with real pixels are enlarged up to this longer side. */
    private static final int COMFORTABLE_PIXELS = 512;
    /** Pictures made of characters are enlarged up to this longer side. */
    private static final int COMFORTABLE_CELLS = 64;
    /** Kept free: one line for progress, one for the prompt that was typed. */
    private static final int SPARE_ROWS = 2;

    private PictureFit() {}

    /** For a terminal with real pixels. */
    static Pixels toPixels(Pixels pixels, TerminalSize size) {
        return fit(
                pixels,
                columns(size) * size.cell().width(),
                rows(size) * size.cell().height(),
                COMFORTABLE_PIXELS);
    }

    /** For characters that hold two pixels, one above the other. */
    static Pixels toHalfBlocks(Pixels pixels, TerminalSize size) {
        return fit(pixels, columns(size), 2 * rows(size), COMFORTABLE_CELLS);
    }

    /** How many cells a picture covers: width. */
    static int columnsOf(Pixels pixels, TerminalSize size) {
        return Math.ceilDiv(pixels.width(), size.cell().width());
    }

    /** How many cells a picture covers: height. */
    static int rowsOf(Pixels pixels, TerminalSize size) {
        return Math.ceilDiv(pixels.height(), size.cell().height());
    }

    /** One less than there are: some terminals wrap as soon as the last column is written. */
    private static int columns(TerminalSize size) {
        return Math.max(1, size.columns() - 1);
    }

    private static int rows(TerminalSize size) {
        return Math.max(1, size.rows() - SPARE_ROWS);
    }

    private static Pixels fit(Pixels pixels, int maxWidth, int maxHeight, int comfortable) {
        int width = pixels.width();
        int height = pixels.height();
        if (width <= maxWidth && height <= maxHeight) {
            int scale = Math.max(
                    1, Math.min(comfortable / Math.max(width, height), Math.min(maxWidth / width, maxHeight / height)));
            return Resampler.resize(pixels, scale * width, scale * height, ResampleFilter.NEAREST);
        }
        // The side that is too long by more decides.
        boolean wide = (long) width * maxHeight > (long) height * maxWidth;
        int newWidth = wide ? maxWidth : (int) Math.max(1, Math.round((double) width * maxHeight / height));
        int newHeight = wide ? (int) Math.max(1, Math.round((double) height * maxWidth / width)) : maxHeight;
        return Resampler.resize(pixels, newWidth, newHeight, ResampleFilter.BOX);
    }
}
