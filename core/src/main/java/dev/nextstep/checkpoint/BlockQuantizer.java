package dev.nextstep.checkpoint;

import dev.nextstep.tensor.DataType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns fp32 weights into llama.cpp's blocks ({@link dev.nextstep.tensor.QuantizedBlocks}) with small squared error:
 *
 * <ul>
 *   <li>{@link DataType#Q8_0}: the scale that maps the largest weight of a block to ±127.
 *   <li>{@link DataType#Q4_0}: of {@value #CANDIDATES} scales around the one that maps the largest weight to −8, those
 *       integers whose least-squares scale leaves the smallest error.
 *   <li>{@link DataType#Q4_K}: for each group of 32 of {@value #CANDIDATES} step sizes that integers whose least-squares
 *       scale and offset leave the smallest error; then scales and offsets are rounded to 6 bits, and the integers chosen
 *       anew.
 * </ul>
 *
 * <p>Integers are always rounded with the scales as stored. All weights count alike. Candidates are computed side by side,
 * each summed in the order of the weights, so that every machine makes the same bytes. Holds scratch: one for each thread.
 */
final class BlockQuantizer {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CANDIDATES = 32;
    private static final int GROUP = 32;
    private static final int GROUPS = 8;
    private static final int SIX_BITS = 63;

    // Adding and taking off 1.5·2²³ leaves the nearest integer, ties to even: a rounding that is a vector operation.
    private static final float ROUND = 0x1.8p23f;

    private final float[] steps = new float[CANDIDATES];
    private final float[] weighted = new float[CANDIDATES];
    private final float[] squares = new float[CANDIDATES];
    private final float[] integers = new float[CANDIDATES];
    private final float[] scales = new float[GROUPS];
    private final float[] offsets = new float[GROUPS];

    /**
     * Quantises weights.
     *
     * @param x weights from {@code from}, finite
     * @param n how many, a multiple of {@code type.blockElements()}
     * @param target receives the blocks from {@code at}
     * @throws IllegalArgumentException if a weight is NaN, infinite, or too large for an fp16 scale
     */
    void quantize(DataType type, float[] x, int from, int n, byte[] target, int at) {
        for (int i = 0; i < n; i += type.blockElements(), at += type.blockBytes()) {
            switch (type) {
                case Q8_0 -> q8(x, from + i, target, at);
                case Q4_0 -> q4(x, from + i, target, at);
                case Q4_K -> q4k(x, from + i, target, at);
                default -> throw new IllegalArgumentException("not a block format: " + type);
            }
        }
    }

    private static void q8(float[] x, int from, byte[] target, int at) {
        float d = storeScale(Math.abs(largest(x, from)) / 127, target, at);
        float inverse = d == 0 ? 0 : 1 / d;
        for (int i = 0; i < GROUP; i++) {
            target[at + 2 + i] = (byte) clamp(Math.round(x[from + i] * inverse), -127, 127);
        }
    }

    private void q4(float[] x, int from, byte[] target, int at) {
        float d = storeScale(scaleOfEight(x, from), target, at);
        float inverse = d == 0 ? 0 : 1 / d;
        for (int i = 0; i < GROUP / 2; i++) {
            int low = clamp(Math.round(x[from + i] * inverse), -8, 7) + 8;
            int high = clamp(Math.round(x[from + 16 + i] * inverse), -8, 7) + 8;
            target[at + 2 + i] = (byte) (low | (high << 4));
        }
    }

    // The least-squares scale of those integers from −8 to 7 that suit a block best.
    private float scaleOfEight(float[] x, int from) {
        float largest = largest(x, from);
        if (largest == 0) {
            return 0;
        }
        // The largest weight becomes −8 in the middle of the range; half of the candidates have the other sign, for
        // which
        // it becomes at most 7.
        for (int c = 0; c < CANDIDATES / 2; c++) {
            steps[c] = -(6.5f + 3f * c / (CANDIDATES / 2 - 1)) / largest;
            steps[CANDIDATES / 2 + c] = (6f + 2.5f * c / (CANDIDATES / 2 - 1)) / largest;
        }
        for (int c = 0; c < CANDIDATES; c++) {
            weighted[c] = 0;
            squares[c] = 0;
        }
        for (int i = 0; i < GROUP; i++) {
            float value = x[from + i];
            for (int c = 0; c < CANDIDATES; c++) {
                float q = Math.min(7f, Math.max(-8f, value * steps[c] + ROUND - ROUND));
                weighted[c] += value * q;
                squares[c] += q * q;
            }
        }
        float scale = 0;
        float best = 0;
        for (int c = 0; c < CANDIDATES; c++) {
            // What remains of Σx² is Σx² − (Σxq)² / Σq².
            float gain = squares[c] == 0 ? 0 : weighted[c] * weighted[c] / squares[c];
            if (gain > best) {
                best = gain;
                scale = weighted[c] / squares[c];
            }
        }
        return scale;
    }

    private void q4k(float[] x, int from, byte[] target, int at) {
        float largestScale = 0;
        float largestOffset = 0;
        for (int g = 0; g < GROUPS; g++) {
            fitGroup(x, from + g * GROUP, g);
            largestScale = Math.max(largestScale, scales[g]);
            largestOffset = Math.max(largestOffset, offsets[g]);
        }
        float d = storeScale(largestScale / SIX_BITS, target, at);
        float m = storeScale(largestOffset / SIX_BITS, target, at + 2);
        for (int g = 0; g < GROUPS; g++) {
            int scale = d == 0 ? 0 : clamp(Math.round(scales[g] / d), 0, SIX_BITS);
            int offset = m == 0 ? 0 : clamp(Math.round(offsets[g] / m), 0, SIX_BITS);
            storeSixBits(g, scale, offset, target, at + 4);
            float step = d * scale;
            float inverse = step == 0 ? 0 : 1 / step;
            float shift = m * offset;
            int bytes = at + 16 + g / 2 * GROUP;
            for (int i = 0; i < GROUP; i++) {
                int q = clamp(Math.round((x[from + g * GROUP + i] + shift) * inverse), 0, 15);
                target[bytes + i] = (byte) (g % 2 == 0 ? q : target[bytes + i] | (q << 4));
            }
        }
    }

    // Least squares of x ≈ scale·q − offset, offset ≥ 0, over the candidates for q.
    private void fitGroup(float[] x, int from, int g) {
        float least = 0;
        float most = x[from];
        double sum = 0;
        for (int i = 0; i < GROUP; i++) {
            requireFinite(x[from + i]);
            least = Math.min(least, x[from + i]);
            most = Math.max(most, x[from + i]);
            sum += x[from + i];
        }
        float range = most - least;
        scales[g] = 0;
        offsets[g] = -least;
        if (!(range > 0)) {
            return;
        }
        for (int c = 0; c < CANDIDATES; c++) {
            steps[c] = (14f + 3f * c / (CANDIDATES - 1)) / range;
            weighted[c] = 0;
            squares[c] = 0;
            integers[c] = 0;
        }
        for (int i = 0; i < GROUP; i++) {
            float value = x[from + i];
            float above = value - least;
            for (int c = 0; c < CANDIDATES; c++) {
                float q = Math.min(15f, above * steps[c] + ROUND - ROUND);
                weighted[c] += value * q;
                squares[c] += q * q;
                integers[c] += q;
            }
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < CANDIDATES; c++) {
            double n = integers[c];
            double nn = squares[c];
            double xn = weighted[c];
            double determinant = GROUP * nn - n * n;
            if (determinant <= 0) {
                continue;
            }
            double scale = (GROUP * xn - sum * n) / determinant;
            double offset = (n * xn - nn * sum) / determinant;
            if (offset < 0) {
                offset = 0;
                scale = xn / nn;
            }
            // Σx² less the squared error.
            double gain = 2 * scale * xn
                    - 2 * offset * sum
                    - (scale * scale * nn - 2 * scale * offset * n + GROUP * offset * offset);
            if (scale > 0 && gain > best) {
                best = gain;
                scales[g] = (float) scale;
                offsets[g] = (float) offset;
            }
        }
    }

    private static void storeSixBits(int group, int scale, int offset, byte[] target, int at) {
        if (group < 4) {
            target[at + group] = (byte) scale;
            target[at + 4 + group] = (byte) offset;
        } else {
            target[at + 4 + group] = (byte) ((scale & 15) | ((offset & 15) << 4));
            target[at + group - 4] |= (byte) ((scale >> 4) << 6);
            target[at + group] |= (byte) ((offset >> 4) << 6);
        }
    }

    // The value of largest size, with its sign.
    private static float largest(float[] x, int from) {
        float largest = 0;
        for (int i = 0; i < GROUP; i++) {
            requireFinite(x[from + i]);
            if (Math.abs(x[from + i]) > Math.abs(largest)) {
                largest = x[from + i];
            }
        }
        return largest;
    }

    // Writes a scale as fp16 and returns what it became.
    private static float storeScale(float scale, byte[] target, int at) {
        short half = Float.floatToFloat16(scale);
        float stored = Float.float16ToFloat(half);
        if (Float.isInfinite(stored)) {
            throw new IllegalArgumentException("its weights are too large for a scale in fp16, which ends at 65504");
        }
        SHORT.set(target, at, half);
        return stored;
    }

    private static void requireFinite(float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("it holds a value that is NaN or infinite");
        }
    }

    private static int clamp(int value, int least, int most) {
        return Math.clamp(value, least, most);
    }
}
