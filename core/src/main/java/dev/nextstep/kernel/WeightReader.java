package dev.nextstep.kernel;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Widens stretches of stored weights to fp32: exactly, but for one rounding in {@link DataType#Q4_K}. Holds buffers, so
 * each thread has its own.
 *
 * <p>Stored weights are copied to an array first. With many activation rows that costs little, reads ahead in memory, and
 * vector code over arrays does not depend on what kinds of memory segments a process has seen. With few rows and large
 * matrices the copy would take as long as the product: {@link RowDot} reads those where they lie.
 */
final class WeightReader {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final VectorSpecies<Integer> INTS =
            IntVector.SPECIES_PREFERRED.withShape(Lanes.SPECIES.vectorShape());
    private static final VectorSpecies<Short> SHORTS =
            ShortVector.SPECIES_PREFERRED.withShape(VectorShape.forBitSize(Lanes.SPECIES.vectorBitSize() / 2));

    private float[] floats = new float[0];
    private short[] halves = new short[0];
    private byte[] blocks = new byte[0];
    private final KScales scales = new KScales();
    private DataType fetched = DataType.F32;

    /** Reads {@code n} consecutive elements; whole blocks of a block format. */
    void read(Tensor weights, long from, int n, float[] target, int at) {
        if (weights.type() == DataType.F32) {
            MemorySegment.copy(weights.data(), FLOAT, from * 4, target, at, n);
        } else {
            fetch(weights, from, n);
            widen(0, n, target, at);
        }
    }

    /** Copies {@code n} consecutive elements as they are, for {@link #widen}: long stretches come fastest from memory. */
    void fetch(Tensor weights, long from, int n) {
        fetched = weights.type();
        switch (fetched) {
            case F32 -> {
                if (floats.length < n) {
                    floats = new float[n];
                }
                MemorySegment.copy(weights.data(), FLOAT, from * 4, floats, 0, n);
            }
            case F16, BF16 -> {
                if (halves.length < n) {
                    halves = new short[n];
                }
                MemorySegment.copy(weights.data(), SHORT, from * 2, halves, 0, n);
            }
            case Q8_0, Q4_0, Q4_K -> copyBlocks(weights, from, n, 1, n);
            default -> throw new IllegalArgumentException("not a weight type: " + weights);
        }
    }

    /** Widens {@code n} of the elements that were fetched last, from number {@code from} on. */
    void widen(int from, int n, float[] target, int at) {
        switch (fetched) {
            case F32 -> System.arraycopy(floats, from, target, at, n);
            case F16 -> widenHalf(halves, from, target, at, n);
            case BF16 -> widenBrain(halves, from, target, at, n);
            default -> Blocks.read(fetched, blocks, (int) fetched.bytes(from), n, target, at, scales);
        }
    }

    /**
     * Copies blocks of several rows of a matrix.
     *
     * @param from first element
     * @param rowElements elements from one row to the next
     * @param rows rows
     * @param n elements of each row, a whole number of blocks
     * @return an array that holds them from its beginning, without gaps; the next call overwrites it
     */
    byte[] copyBlocks(Tensor weights, long from, int rowElements, int rows, int n) {
        var type = weights.type();
        int bytes = (int) type.bytes(n);
        if (blocks.length < rows * bytes) {
            blocks = new byte[rows * bytes];
        }
        if (n == rowElements) {
            MemorySegment.copy(weights.data(), ValueLayout.JAVA_BYTE, type.bytes(from), blocks, 0, rows * bytes);
        } else {
            for (int i = 0; i < rows; i++) {
                long at = type.bytes(from + (long) i * rowElements);
                MemorySegment.copy(weights.data(), ValueLayout.JAVA_BYTE, at, blocks, i * bytes, bytes);
            }
        }
        return blocks;
    }

    /** What was fetched last, if it was {@link DataType#F32}. */
    float[] floats() {
        return floats;
    }

    /** Scratch for {@link DataType#Q4_K}. */
    KScales scales() {
        return scales;
    }

    // A plain loop: the compiler turns it into vector code, and before it does it is cheap to interpret.
    private static void widenHalf(short[] source, int from, float[] target, int at, int n) {
        for (int i = 0; i < n; i++) {
            target[at + i] = Float.float16ToFloat(source[from + i]);
        }
    }

    // The compiler does not see through shift and reinterpretation, so this one is written out.
    private static void widenBrain(short[] source, int from, float[] target, int at, int n) {
        int i = 0;
        for (int end = INTS.loopBound(n); i < end; i += INTS.length()) {
            ((IntVector) ShortVector.fromArray(SHORTS, source, from + i)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats()
                    .intoArray(target, at + i);
        }
        for (; i < n; i++) {
            target[at + i] = Float.intBitsToFloat(source[from + i] << 16);
        }
    }
}
