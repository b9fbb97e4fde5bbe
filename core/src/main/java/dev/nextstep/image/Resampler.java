package dev.nextstep.image;

import java.util.OptionalDouble;

/**
 * Resizing with the very bytes of Pillow 10 to 12 (spec §4.7, §15 items 25 and 26): antialiased separable filters, the
 * horizontal pass first, 8 bits in between; a pass whose axis does not change is skipped.
 */
public final class Resampler {
    private Resampler() {}

    /** The whole picture resized. Width and height at least 1. */
    public static Pixels resize(Pixels pixels, int width, int height, ResampleFilter filter) {
        return resize(
                pixels,
                width,
                height,
                filter,
                ResampleBox.whole(pixels.width(), pixels.height()),
                OptionalDouble.empty());
    }

    /**
     * A part of the picture resized.
     *
     * @param box the part; must lie inside the picture
     * @param reducingGap Pillow's {@code reducing_gap}: before filtering, the picture is shrunk by a whole factor to not
     *     less than this many times the wanted size; at least 1; empty for full quality
     */
    public static Pixels resize(
            Pixels pixels, int width, int height, ResampleFilter filter, ResampleBox box, OptionalDouble reducingGap) {
        Raster out = resize(Raster.of(pixels), width, height, filter, box, reducingGap);
        return Pixels.wrap(out.width(), out.height(), out.bytes());
    }

    static Raster resize(
            Raster source,
            int width,
            int height,
            ResampleFilter requested,
            ResampleBox box,
            OptionalDouble reducingGap) {
        if (width < 1 || height < 1 || (long) width * height > Integer.MAX_VALUE / 4) {
            throw new IllegalArgumentException(
                    "cannot resize to " + width + " x " + height + "; sides must be at least 1");
        }
        if (box.right() > source.width() || box.bottom() > source.height()) {
            throw new IllegalArgumentException(
                    "box " + box + " reaches outside of the picture of " + source.width() + " x " + source.height());
        }
        if (reducingGap.isPresent() && !(reducingGap.getAsDouble() >= 1)) {
            throw new IllegalArgumentException("reducingGap must be at least 1, got " + reducingGap.getAsDouble());
        }
        boolean whole = box.equals(ResampleBox.whole(source.width(), source.height()));
        if (whole && width == source.width() && height == source.height()) {
            return source;
        }
        boolean noMeanOfIndices = source.mode() == PixelMode.P || source.mode() == PixelMode.BILEVEL;
        if (requested == ResampleFilter.NEAREST || noMeanOfIndices) {
            return nearest(source, width, height, box);
        }
        if (source.mode().hasAlpha()) {
            Raster straight = source.with(source.width(), source.height(), Alpha.premultiply(source));
            Raster resized = filter(straight, width, height, requested, box);
            return resized.with(width, height, Alpha.unpremultiply(resized));
        }
        if (reducingGap.isPresent()) {
            double gap = reducingGap.getAsDouble();
            int factorX = Math.max(1, (int) ((box.right() - (double) box.left()) / width / gap));
            int factorY = Math.max(1, (int) ((box.bottom() - (double) box.top()) / height / gap));
            if (factorX > 1 || factorY > 1) {
                return reduceThenFilter(source, width, height, requested, box, factorX, factorY);
            }
        }
        return filter(source, width, height, requested, box);
    }

    private static Raster reduceThenFilter(
            Raster source, int width, int height, ResampleFilter filter, ResampleBox box, int factorX, int factorY) {
        double support = filter.support() - 0.5;
        double supportX = support * ((box.right() - (double) box.left()) / width);
        double supportY = support * ((box.bottom() - (double) box.top()) / height);
        int left = Math.max(0, (int) (box.left() - supportX));
        int top = Math.max(0, (int) (box.top() - supportY));
        int right = Math.min(source.width(), (int) Math.ceil(box.right() + supportX));
        int bottom = Math.min(source.height(), (int) Math.ceil(box.bottom() + supportY));
        Raster reduced = BlockMean.reduce(source, factorX, factorY, left, top, right, bottom);
        ResampleBox inner = new ResampleBox(
                (float) ((box.left() - (double) left) / factorX),
                (float) ((box.top() - (double) top) / factorY),
                (float) ((box.right() - (double) left) / factorX),
                (float) ((box.bottom() - (double) top) / factorY));
        boolean done = inner.equals(ResampleBox.whole(width, height))
                && reduced.width() == width
                && reduced.height() == height;
        return done ? reduced : filter(reduced, width, height, filter, inner);
    }

    private static Raster filter(Raster source, int width, int height, ResampleFilter filter, ResampleBox box) {
        Raster current = source;
        if (width != source.width() || box.left() != 0 || box.right() != width) {
            current = horizontal(
                    current, width, ResampleKernel.of(source.width(), box.left(), box.right(), width, filter));
        }
        if (height != source.height() || box.top() != 0 || box.bottom() != height) {
            current = vertical(
                    current, height, ResampleKernel.of(source.height(), box.top(), box.bottom(), height, filter));
        }
        return current;
    }

    private static Raster horizontal(Raster source, int width, ResampleKernel kernel) {
        int channels = source.mode().channels();
        int[] weights = kernel.fixedPoint();
        byte[] in = source.bytes();
        byte[] out = new byte[Math.multiplyExact(Math.multiplyExact(width, source.height()), channels)];
        int at = 0;
        for (int y = 0; y < source.height(); y++) {
            int row = y * source.width() * channels;
            for (int x = 0; x < width; x++) {
                int count = kernel.count()[x];
                int k0 = x * kernel.stride();
                for (int c = 0; c < channels; c++) {
                    int sum = 1 << (ResampleKernel.PRECISION - 1);
                    int from = row + kernel.first()[x] * channels + c;
                    for (int k = 0; k < count; k++) {
                        sum += (in[from + k * channels] & 255) * weights[k0 + k];
                    }
                    out[at++] = clip(sum);
                }
            }
        }
        return source.with(width, source.height(), out);
    }

    private static Raster vertical(Raster source, int height, ResampleKernel kernel) {
        int rowBytes = source.width() * source.mode().channels();
        int[] weights = kernel.fixedPoint();
        byte[] in = source.bytes();
        byte[] out = new byte[Math.multiplyExact(rowBytes, height)];
        int[] sums = new int[rowBytes];
        for (int y = 0; y < height; y++) {
            java.util.Arrays.fill(sums, 1 << (ResampleKernel.PRECISION - 1));
            // Row by row instead of column by column: integer sums have no order, and memory is read in its own.
            for (int k = 0; k < kernel.count()[y]; k++) {
                int weight = weights[y * kernel.stride() + k];
                int from = (kernel.first()[y] + k) * rowBytes;
                for (int i = 0; i < rowBytes; i++) {
                    sums[i] += (in[from + i] & 255) * weight;
                }
            }
            for (int i = 0; i < rowBytes; i++) {
                out[y * rowBytes + i] = clip(sums[i]);
            }
        }
        return source.with(source.width(), height, out);
    }

    private static byte clip(int sum) {
        return (byte) Math.clamp(sum >> ResampleKernel.PRECISION, 0, 255);
    }

    private static Raster nearest(Raster source, int width, int height, ResampleBox box) {
        int channels = source.mode().channels();
        int[] columns = nearestPositions(box.left(), box.right(), width, source.width());
        int[] rows = nearestPositions(box.top(), box.bottom(), height, source.height());
        byte[] out = new byte[width * height * channels];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(
                        source.bytes(),
                        channels * (rows[y] * source.width() + columns[x]),
                        out,
                        channels * (y * width + x),
                        channels);
            }
        }
        return source.with(width, height, out);
    }

    private static int[] nearestPositions(float from, float to, int size, int sourceSize) {
        double step = (double) (to - from) / size;
        double position = from + step * 0.5;
        int[] out = new int[size];
        for (int i = 0; i < size; i++) {
            out[i] = Math.min(sourceSize - 1, (int) position);
            position += step; // summed, not multiplied: Pillow does so, and it decides ties
        }
        return out;
    }
}
