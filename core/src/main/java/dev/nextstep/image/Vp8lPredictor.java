package dev.nextstep.image;

/**
 * The predictor transform of VP8L: each pixel becomes its difference to a prediction from its neighbours; the kind of
 * prediction is chosen per block. Pixels are 0xAARRGGBB.
 *
 * @param residuals the differences, channel by channel modulo 256
 * @param modes one pixel per block, its mode in the green channel
 */
@SuppressWarnings("ArrayRecordComponent") // package-private carrier, never compared
record Vp8lPredictor(int[] residuals, int[] modes, int blocksWide) {
    /** Blocks are 2^BITS pixels wide and high. */
    static final int BITS = 4;

    private static final int MODES = 14;
    private static final int OPAQUE_BLACK = 0xFF000000;

    static Vp8lPredictor of(int[] argb, int width, int height) {
        int size = 1 << BITS;
        int blocksWide = (width + size - 1) >> BITS;
        int blocksHigh = (height + size - 1) >> BITS;
        int[] residuals = new int[argb.length];
        int[] modes = new int[blocksWide * blocksHigh];
        for (int by = 0; by < blocksHigh; by++) {
            for (int bx = 0; bx < blocksWide; bx++) {
                int toX = Math.min(width, (bx + 1) * size);
                int toY = Math.min(height, (by + 1) * size);
                int mode = best(argb, width, bx * size, by * size, toX, toY);
                modes[by * blocksWide + bx] = OPAQUE_BLACK | mode << 8;
                for (int y = by * size; y < toY; y++) {
                    for (int x = bx * size; x < toX; x++) {
                        int i = y * width + x;
                        residuals[i] = subtract(argb[i], predict(argb, width, x, y, mode));
                    }
                }
            }
        }
        return new Vp8lPredictor(residuals, modes, blocksWide);
    }

    private static int best(int[] argb, int width, int fromX, int fromY, int toX, int toY) {
        int best = 0;
        long bestCost = Long.MAX_VALUE;
        for (int mode = 0; mode < MODES; mode++) {
            long cost = 0;
            for (int y = fromY; y < toY && cost < bestCost; y++) {
                for (int x = fromX; x < toX; x++) {
                    int d = subtract(argb[y * width + x], predict(argb, width, x, y, mode));
                    cost += Math.abs((byte) (d >> 16)) + Math.abs((byte) (d >> 8)) + Math.abs((byte) d);
                }
            }
            if (cost < bestCost) {
                bestCost = cost;
                best = mode;
            }
        }
        return best;
    }

    /** Channel by channel a − b modulo 256. */
    static int subtract(int a, int b) {
        int alphaGreen = 0x00FF00FF + (a & 0xFF00FF00) - (b & 0xFF00FF00);
        int redBlue = 0xFF00FF00 + (a & 0x00FF00FF) - (b & 0x00FF00FF);
        return (alphaGreen & 0xFF00FF00) | (redBlue & 0x00FF00FF);
    }

    private static int predict(int[] argb, int width, int x, int y, int mode) {
        int i = y * width + x;
        if (y == 0) {
            return x == 0 ? OPAQUE_BLACK : argb[i - 1];
        }
        int top = argb[i - width];
        if (x == 0) {
            return top;
        }
        int left = argb[i - 1];
        int corner = argb[i - width - 1];
        int right = argb[
                i - width + 1]; // in the last column this is the first pixel of the row itself, as the format wants
        return switch (mode) {
            case 0 -> OPAQUE_BLACK;
            case 1 -> left;
            case 2 -> top;
            case 3 -> right;
            case 4 -> corner;
            case 5 -> mean(mean(left, right), top);
            case 6 -> mean(left, corner);
            case 7 -> mean(left, top);
            case 8 -> mean(corner, top);
            case 9 -> mean(top, right);
            case 10 -> mean(mean(left, corner), mean(top, right));
            case 11 -> select(left, top, corner);
            case 12 -> gradient(left, top, corner);
            default -> halfGradient(mean(left, top), corner);
        };
    }

    private static int mean(int a, int b) {
        return (((a ^ b) & 0xFEFEFEFE) >>> 1) + (a & b);
    }

    private static int select(int left, int top, int corner) {
        int toLeft = 0;
        int toTop = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int l = left >>> shift & 255;
            int t = top >>> shift & 255;
            int c = corner >>> shift & 255;
            toLeft += Math.abs(t - c);
            toTop += Math.abs(l - c);
        }
        return toLeft < toTop ? left : top;
    }

    private static int gradient(int left, int top, int corner) {
        int out = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value = (left >>> shift & 255) + (top >>> shift & 255) - (corner >>> shift & 255);
            out |= Math.clamp(value, 0, 255) << shift;
        }
        return out;
    }

    private static int halfGradient(int mean, int corner) {
        int out = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int m = mean >>> shift & 255;
            out |= Math.clamp(m + (m - (corner >>> shift & 255)) / 2, 0, 255) << shift;
        }
        return out;
    }
}
