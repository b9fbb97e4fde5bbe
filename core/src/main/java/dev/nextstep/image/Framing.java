package dev.nextstep.image;

import java.util.Arrays;

/** Cutting and padding of whole pixels. */
final class Framing {
    private Framing() {}

    static Pixels crop(Pixels source, int x, int y, int width, int height) {
        if (x == 0 && y == 0 && width == source.width() && height == source.height()) {
            return source;
        }
        byte[] out = new byte[3 * width * height];
        for (int row = 0; row < height; row++) {
            System.arraycopy(source.bytes(), 3 * ((y + row) * source.width() + x), out, 3 * row * width, 3 * width);
        }
        return Pixels.wrap(width, height, out);
    }

    static Pixels padToSquare(Pixels source, byte colour) {
        int side = Math.max(source.width(), source.height());
        if (source.width() == source.height()) {
            return source;
        }
        if ((long) side * side > Integer.MAX_VALUE / 4) {
            throw new IllegalArgumentException("a picture of " + source.width() + " x " + source.height()
                    + " is too long to be padded to a square; cut or shrink it first");
        }
        byte[] out = new byte[3 * side * side];
        Arrays.fill(out, colour);
        int left = (side - source.width()) / 2;
        int top = (side - source.height()) / 2;
        for (int y = 0; y < source.height(); y++) {
            System.arraycopy(
                    source.bytes(), 3 * y * source.width(), out, 3 * ((top + y) * side + left), 3 * source.width());
        }
        return Pixels.wrap(side, side, out);
    }

    static Pixels follow(AspectBuckets.Plan plan, Pixels source) {
        Pixels resized = Resampler.resize(source, plan.resizeWidth(), plan.resizeHeight(), ResampleFilter.LANCZOS);
        return crop(resized, plan.cropX(), plan.cropY(), plan.width(), plan.height());
    }
}
