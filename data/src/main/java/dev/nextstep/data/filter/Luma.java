package dev.nextstep.data.filter;

import dev.nextstep.image.Pixels;
import dev.nextstep.image.ResampleFilter;
import dev.nextstep.image.Resampler;

/**
 * The brightness of a picture.
 *
 * @param width pixels
 * @param height pixels
 * @param values [height][width] 0 to 255
 */
record Luma(int width, int height, int[] values) {
    /** The whole picture, shrunk so that its longer side has at most so many pixels. */
    static Luma atMost(Pixels picture, int side) {
        int longer = Math.max(picture.width(), picture.height());
        if (longer <= side) {
            return of(picture);
        }
        return of(Resampler.resize(
                picture,
                Math.max(1, Math.round((float) picture.width() * side / longer)),
                Math.max(1, Math.round((float) picture.height() * side / longer)),
                ResampleFilter.BOX));
    }

    /** Every pixel (ITU-R BT.601 weights). */
    static Luma of(Pixels picture) {
        byte[] rgb = picture.toBytes();
        int[] values = new int[picture.width() * picture.height()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (299 * (rgb[3 * i] & 255) + 587 * (rgb[3 * i + 1] & 255) + 114 * (rgb[3 * i + 2] & 255) + 500)
                    / 1000;
        }
        return new Luma(picture.width(), picture.height(), values);
    }

    int at(int x, int y) {
        return values[y * width + x];
    }
}
