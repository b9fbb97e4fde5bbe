package dev.nextstep.kernel;

import dev.nextstep.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Widens stretches of stored weights to fp32. Every widening is exact. */
final class WeightReader {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final VectorSpecies<Integer> INTS =
            IntVector.SPECIES_PREFERRED.withShape(Lanes.SPECIES.vectorShape());
    private static final VectorSpecies<Short> SHORTS =
            ShortVector.SPECIES_PREFERRED.withShape(VectorShape.forBitSize(Lanes.SPECIES.vectorBitSize() / 2));

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

    // A plain loop: the compiler turns it into vector code, and before it does it is cheap to interpret.
    private static void widenHalf(short[] source, float[] target, int at, int n) {
        for (int i = 0; i < n; i++) {
            target[at + i] = Float.float16ToFloat(source[i]);
        }
    }

    // The compiler does not see through shift and reinterpretation, so this one is written out.
    private static void widenBrain(short[] source, float[] target, int at, int n) {
        int i = 0;
        for (int end = INTS.loopBound(n); i < end; i += INTS.length()) {
            ((IntVector) ShortVector.fromArray(SHORTS, source, i)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats()
                    .intoArray(target, at + i);
        }
        for (; i < n; i++) {
            target[at + i] = Float.intBitsToFloat(source[i] << 16);
        }
    }
}
