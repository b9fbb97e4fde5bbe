package dev.nextstep.kernel;

import dev.nextstep.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Widens stretches of stored weights to fp32. Every widening is exact. */
final class WeightReader {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private WeightReader() {}

    /**
     * Reads {@code n} consecutive elements.
     *
     * @param halves scratch for 16-bit types, at least {@code n} long
     */
    static void read(Tensor weights, long from, int n, float[] target, int at, short[] halves) {
        switch (weights.type()) {
            case F32 -> MemorySegment.copy(weights.data(), FLOAT, from * 4, target, at, n);
            case F16 -> {
                MemorySegment.copy(weights.data(), SHORT, from * 2, halves, 0, n);
                widenHalf(halves, target, at, n);
            }
            case BF16 -> {
                MemorySegment.copy(weights.data(), SHORT, from * 2, halves, 0, n);
                widenBrain(halves, target, at, n);
            }
            default -> throw new IllegalArgumentException("not a weight type: " + weights);
        }
    }

    // Plain loops: the compiler turns both into vector code, and before it does they are cheap to interpret.
    private static void widenHalf(short[] source, float[] target, int at, int n) {
        for (int i = 0; i < n; i++) {
            target[at + i] = Float.float16ToFloat(source[i]);
        }
    }

    private static void widenBrain(short[] source, float[] target, int at, int n) {
        for (int i = 0; i < n; i++) {
            target[at + i] = Float.intBitsToFloat(source[i] << 16);
        }
    }
}
