package dev.nextstep.image;

import java.util.Arrays;

/**
 * Lossless WebP bitstream (VP8L): green subtracted from red and blue, the predictor transform, then pixels and copies of
 * earlier pixels in five Huffman codes. One code group for the whole picture, no colour cache.
 */
final class Vp8lEncoder {
    private static final int PREDICTOR = 0;
    private static final int SUBTRACT_GREEN = 2;
    private static final int GREEN_AND_LENGTHS = 256 + 24;
    private static final int DISTANCES = 40;
    private static final int MIN_COPY = 3;
    private static final int MAX_COPY = 4096;
    private static final int MAX_DISTANCE = (1 << 20) - 120;
    private static final int MAX_TRIES = 24;
    private static final int HASH_BITS = 16;

    private final LsbBits out = new LsbBits();

    private Vp8lEncoder() {}

    static byte[] encode(Pixels pixels) {
        return new Vp8lEncoder().write(pixels);
    }

    private byte[] write(Pixels pixels) {
        int width = pixels.width();
        int height = pixels.height();
        out.put(0x2F, 8);
        out.put(width - 1, 14);
        out.put(height - 1, 14);
        out.put(0, 1); // no alpha
        out.put(0, 3); // version
        int[] argb = subtractGreen(pixels.bytes());
        out.put(1, 1);
        out.put(SUBTRACT_GREEN, 2);
        Vp8lPredictor predictor = Vp8lPredictor.of(argb, width, height);
        out.put(1, 1);
        out.put(PREDICTOR, 2);
        out.put(Vp8lPredictor.BITS - 2, 3);
        out.put(0, 1); // no colour cache for the modes
        image(predictor.modes(), predictor.blocksWide());
        out.put(0, 1); // no more transforms
        out.put(0, 1); // no colour cache
        out.put(0, 1); // one code group
        image(predictor.residuals(), width);
        return out.finish();
    }

    private static int[] subtractGreen(byte[] rgb) {
        int[] argb = new int[rgb.length / 3];
        for (int i = 0; i < argb.length; i++) {
            int green = rgb[3 * i + 1] & 255;
            int red = rgb[3 * i] - green & 255;
            int blue = rgb[3 * i + 2] - green & 255;
            argb[i] = 0xFF000000 | red << 16 | green << 8 | blue;
        }
        return argb;
    }

    /** Codes and data of one image. Pass one counts the symbols, pass two writes them. */
    private void image(int[] argb, int width) {
        int[] copies = findCopies(argb, width);
        int[] green = new int[GREEN_AND_LENGTHS];
        int[] red = new int[256];
        int[] blue = new int[256];
        int[] alpha = new int[256];
        int[] distances = new int[DISTANCES];
        for (int at = 0, i = 0; at < argb.length; i += 2) {
            int length = copies[i];
            if (length == 0) {
                green[argb[at] >> 8 & 255]++;
                red[argb[at] >> 16 & 255]++;
                blue[argb[at] & 255]++;
                alpha[argb[at] >>> 24]++;
                at++;
            } else {
                green[256 + prefix(length)]++;
                distances[prefix(distanceCode(copies[i + 1], width))]++;
                at += length;
            }
        }
        Vp8lCode greenCode = Vp8lCode.write(out, green);
        Vp8lCode redCode = Vp8lCode.write(out, red);
        Vp8lCode blueCode = Vp8lCode.write(out, blue);
        Vp8lCode alphaCode = Vp8lCode.write(out, alpha);
        Vp8lCode distanceCode = Vp8lCode.write(out, distances);
        for (int at = 0, i = 0; at < argb.length; i += 2) {
            int length = copies[i];
            if (length == 0) {
                greenCode.put(out, argb[at] >> 8 & 255);
                redCode.put(out, argb[at] >> 16 & 255);
                blueCode.put(out, argb[at] & 255);
                alphaCode.put(out, argb[at] >>> 24);
                at++;
            } else {
                int distance = distanceCode(copies[i + 1], width);
                greenCode.put(out, 256 + prefix(length));
                out.put(extra(length), extraBits(length));
                distanceCode.put(out, prefix(distance));
                out.put(extra(distance), extraBits(distance));
                at += length;
            }
        }
    }

    /** Pairs of length and distance; length 0 is a single pixel. */
    private static int[] findCopies(int[] argb, int width) {
        int[] out = new int[Math.min(64, 2 * argb.length)];
        int size = 0;
        int[] newest = new int[1 << HASH_BITS];
        Arrays.fill(newest, -1);
        int[] older = new int[argb.length];
        int at = 0;
        while (at < argb.length) {
            int bestLength = 0;
            int bestDistance = 0;
            int limit = Math.min(MAX_COPY, argb.length - at);
            if (limit >= MIN_COPY) {
                // The pixel before and the one above are cheap to name, so they are asked first and win ties.
                for (int distance : new int[] {1, width}) {
                    int length = distance <= at ? common(argb, at - distance, at, limit) : 0;
                    if (length > bestLength) {
                        bestLength = length;
                        bestDistance = distance;
                    }
                }
                int candidate = newest[hash(argb, at)];
                for (int tries = 0; tries < MAX_TRIES && candidate >= 0 && bestLength < limit; tries++) {
                    if (at - candidate > MAX_DISTANCE) {
                        break;
                    }
                    int length = common(argb, candidate, at, limit);
                    if (length > bestLength + 1) {
                        bestLength = length;
                        bestDistance = at - candidate;
                    }
                    candidate = older[candidate];
                }
            }
            if (size + 2 > out.length) {
                out = Arrays.copyOf(out, 2 * out.length);
            }
            boolean copy = bestLength >= MIN_COPY;
            out[size++] = copy ? bestLength : 0;
            out[size++] = copy ? bestDistance : 0;
            int end = at + (copy ? bestLength : 1);
            for (; at < end; at++) {
                if (at + MIN_COPY <= argb.length) {
                    int hash = hash(argb, at);
                    older[at] = newest[hash];
                    newest[hash] = at;
                }
            }
        }
        return out;
    }

    private static int common(int[] argb, int a, int b, int limit) {
        int n = Arrays.mismatch(argb, a, a + limit, argb, b, b + limit);
        return n < 0 ? limit : n;
    }

    private static int hash(int[] argb, int at) {
        int mixed = (argb[at] * 0x9E3779B1 ^ argb[at + 1]) * 0x85EBCA6B ^ argb[at + 2];
        return (mixed * 0xC2B2AE35) >>> (32 - HASH_BITS);
    }

    /** The two nearest neighbours have short names: 1 is the pixel above, 2 the one before; others are counted from 121. */
    private static int distanceCode(int distance, int width) {
        if (distance == width) {
            return 1;
        }
        return distance == 1 ? 2 : distance + 120;
    }

    /** Symbol for a value from 1 on; the rest goes into extra bits. */
    private static int prefix(int value) {
        int v = value - 1;
        if (v < 4) {
            return v;
        }
        int high = 31 - Integer.numberOfLeadingZeros(v);
        return 2 * high + (v >> (high - 1) & 1);
    }

    private static int extraBits(int value) {
        int v = value - 1;
        return v < 4 ? 0 : 30 - Integer.numberOfLeadingZeros(v);
    }

    private static int extra(int value) {
        return value - 1 & (1 << extraBits(value)) - 1;
    }
}
