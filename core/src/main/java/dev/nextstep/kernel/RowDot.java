package dev.nextstep.kernel;

import dev.nextstep.tensor.DataType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products of four weight rows with a few activation rows, the weights read straight from mapped memory: what one token of
 * a large model costs. Such weights come from memory once, and copying them to an array first takes as long as the product
 * itself.
 *
 * <p>For vectors of 512 bits only, where a dot product's sixteen partial sums are one register. All is written out, as in
 * {@link Q8Dot}.
 */
final class RowDot {
    /** Weight rows of a tile. */
    static final int OUTPUTS = 4;

    /** Activation rows of a call; the weights of a tile are in the second-level cache when further ones come. */
    static final int MOST_ROWS = 4;

    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
    private static final int L = Lanes.LOGICAL;

    private RowDot() {}

    /** Whether weights of this type can be read so, with the vectors of this machine. */
    static boolean takes(DataType type) {
        return Lanes.LENGTH == Lanes.LOGICAL && (type == DataType.F32 || type == DataType.BF16);
    }

    /**
     * Adds to the partial sums of {@value #OUTPUTS} × {@code rows} products: row r, output o at {@code at + 16·(4·r + o)}.
     *
     * @param w bytes of the weights
     * @param from byte of the first weight
     * @param stride bytes from one weight row to the next
     * @param x activation rows, {@code xStride} apart, from {@code x0}
     * @param n elements, a multiple of 16
     * @param rows 1, 2 or {@value #MOST_ROWS}
     */
    static void add(
            DataType type,
            MemorySegment w,
            long from,
            long stride,
            float[] x,
            int x0,
            int xStride,
            int n,
            int rows,
            float[] sums,
            int at) {
        if (type == DataType.F32) {
            switch (rows) {
                case 1 -> single1(w, from, stride, x, x0, n, sums, at);
                case 2 -> single2(w, from, stride, x, x0, xStride, n, sums, at);
                default -> single4(w, from, stride, x, x0, xStride, n, sums, at);
            }
        } else {
            switch (rows) {
                case 1 -> brain1(w, from, stride, x, x0, n, sums, at);
                case 2 -> brain2(w, from, stride, x, x0, xStride, n, sums, at);
                default -> brain4(w, from, stride, x, x0, xStride, n, sums, at);
            }
        }
    }

    private static void single1(MemorySegment w, long from, long stride, float[] x, int x0, int n, float[] s, int at) {
        var a0 = FloatVector.fromArray(S, s, at);
        var a1 = FloatVector.fromArray(S, s, at + L);
        var a2 = FloatVector.fromArray(S, s, at + 2 * L);
        var a3 = FloatVector.fromArray(S, s, at + 3 * L);
        for (int k = x0, end = x0 + n; k < end; k += L, from += 4 * L) {
            var u = FloatVector.fromArray(S, x, k);
            var p = FloatVector.fromMemorySegment(S, w, from, ByteOrder.LITTLE_ENDIAN);
            a0 = p.fma(u, a0);
            p = FloatVector.fromMemorySegment(S, w, from + stride, ByteOrder.LITTLE_ENDIAN);
            a1 = p.fma(u, a1);
            p = FloatVector.fromMemorySegment(S, w, from + 2 * stride, ByteOrder.LITTLE_ENDIAN);
            a2 = p.fma(u, a2);
            p = FloatVector.fromMemorySegment(S, w, from + 3 * stride, ByteOrder.LITTLE_ENDIAN);
            a3 = p.fma(u, a3);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + L);
        a2.intoArray(s, at + 2 * L);
        a3.intoArray(s, at + 3 * L);
    }

    private static void single2(
            MemorySegment w, long from, long stride, float[] x, int x0, int xStride, int n, float[] s, int at) {
        var a0 = FloatVector.fromArray(S, s, at);
        var a1 = FloatVector.fromArray(S, s, at + L);
        var a2 = FloatVector.fromArray(S, s, at + 2 * L);
        var a3 = FloatVector.fromArray(S, s, at + 3 * L);
        var b0 = FloatVector.fromArray(S, s, at + 4 * L);
        var b1 = FloatVector.fromArray(S, s, at + 5 * L);
        var b2 = FloatVector.fromArray(S, s, at + 6 * L);
        var b3 = FloatVector.fromArray(S, s, at + 7 * L);
        for (int k = x0, end = x0 + n; k < end; k += L, from += 4 * L) {
            var u = FloatVector.fromArray(S, x, k);
            var v = FloatVector.fromArray(S, x, k + xStride);
            var p = FloatVector.fromMemorySegment(S, w, from, ByteOrder.LITTLE_ENDIAN);
            a0 = p.fma(u, a0);
            b0 = p.fma(v, b0);
            p = FloatVector.fromMemorySegment(S, w, from + stride, ByteOrder.LITTLE_ENDIAN);
            a1 = p.fma(u, a1);
            b1 = p.fma(v, b1);
            p = FloatVector.fromMemorySegment(S, w, from + 2 * stride, ByteOrder.LITTLE_ENDIAN);
            a2 = p.fma(u, a2);
            b2 = p.fma(v, b2);
            p = FloatVector.fromMemorySegment(S, w, from + 3 * stride, ByteOrder.LITTLE_ENDIAN);
            a3 = p.fma(u, a3);
            b3 = p.fma(v, b3);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + L);
        a2.intoArray(s, at + 2 * L);
        a3.intoArray(s, at + 3 * L);
        b0.intoArray(s, at + 4 * L);
        b1.intoArray(s, at + 5 * L);
        b2.intoArray(s, at + 6 * L);
        b3.intoArray(s, at + 7 * L);
    }

    private static void single4(
            MemorySegment w, long from, long stride, float[] x, int x0, int xStride, int n, float[] s, int at) {
        var a0 = FloatVector.fromArray(S, s, at);
        var a1 = FloatVector.fromArray(S, s, at + L);
        var a2 = FloatVector.fromArray(S, s, at + 2 * L);
        var a3 = FloatVector.fromArray(S, s, at + 3 * L);
        var b0 = FloatVector.fromArray(S, s, at + 4 * L);
        var b1 = FloatVector.fromArray(S, s, at + 5 * L);
        var b2 = FloatVector.fromArray(S, s, at + 6 * L);
        var b3 = FloatVector.fromArray(S, s, at + 7 * L);
        var c0 = FloatVector.fromArray(S, s, at + 8 * L);
        var c1 = FloatVector.fromArray(S, s, at + 9 * L);
        var c2 = FloatVector.fromArray(S, s, at + 10 * L);
        var c3 = FloatVector.fromArray(S, s, at + 11 * L);
        var d0 = FloatVector.fromArray(S, s, at + 12 * L);
        var d1 = FloatVector.fromArray(S, s, at + 13 * L);
        var d2 = FloatVector.fromArray(S, s, at + 14 * L);
        var d3 = FloatVector.fromArray(S, s, at + 15 * L);
        for (int k = x0, end = x0 + n; k < end; k += L, from += 4 * L) {
            var u = FloatVector.fromArray(S, x, k);
            var v = FloatVector.fromArray(S, x, k + xStride);
            var y = FloatVector.fromArray(S, x, k + 2 * xStride);
            var z = FloatVector.fromArray(S, x, k + 3 * xStride);
            var p = FloatVector.fromMemorySegment(S, w, from, ByteOrder.LITTLE_ENDIAN);
            a0 = p.fma(u, a0);
            b0 = p.fma(v, b0);
            c0 = p.fma(y, c0);
            d0 = p.fma(z, d0);
            p = FloatVector.fromMemorySegment(S, w, from + stride, ByteOrder.LITTLE_ENDIAN);
            a1 = p.fma(u, a1);
            b1 = p.fma(v, b1);
            c1 = p.fma(y, c1);
            d1 = p.fma(z, d1);
            p = FloatVector.fromMemorySegment(S, w, from + 2 * stride, ByteOrder.LITTLE_ENDIAN);
            a2 = p.fma(u, a2);
            b2 = p.fma(v, b2);
            c2 = p.fma(y, c2);
            d2 = p.fma(z, d2);
            p = FloatVector.fromMemorySegment(S, w, from + 3 * stride, ByteOrder.LITTLE_ENDIAN);
            a3 = p.fma(u, a3);
            b3 = p.fma(v, b3);
            c3 = p.fma(y, c3);
            d3 = p.fma(z, d3);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + L);
        a2.intoArray(s, at + 2 * L);
        a3.intoArray(s, at + 3 * L);
        b0.intoArray(s, at + 4 * L);
        b1.intoArray(s, at + 5 * L);
        b2.intoArray(s, at + 6 * L);
        b3.intoArray(s, at + 7 * L);
        c0.intoArray(s, at + 8 * L);
        c1.intoArray(s, at + 9 * L);
        c2.intoArray(s, at + 10 * L);
        c3.intoArray(s, at + 11 * L);
        d0.intoArray(s, at + 12 * L);
        d1.intoArray(s, at + 13 * L);
        d2.intoArray(s, at + 14 * L);
        d3.intoArray(s, at + 15 * L);
    }

    private static void brain1(MemorySegment w, long from, long stride, float[] x, int x0, int n, float[] s, int at) {
        var a0 = FloatVector.fromArray(S, s, at);
        var a1 = FloatVector.fromArray(S, s, at + L);
        var a2 = FloatVector.fromArray(S, s, at + 2 * L);
        var a3 = FloatVector.fromArray(S, s, at + 3 * L);
        for (int k = x0, end = x0 + n; k < end; k += L, from += 2 * L) {
            var u = FloatVector.fromArray(S, x, k);
            var p = ((IntVector) ShortVector.fromMemorySegment(SHORTS, w, from, ByteOrder.LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats();
            a0 = p.fma(u, a0);
            p = ((IntVector) ShortVector.fromMemorySegment(SHORTS, w, from + stride, ByteOrder.LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats();
            a1 = p.fma(u, a1);
            p = ((IntVector) ShortVector.fromMemorySegment(SHORTS, w, from + 2 * stride, ByteOrder.LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats();
            a2 = p.fma(u, a2);
            p = ((IntVector) ShortVector.fromMemorySegment(SHORTS, w, from + 3 * stride, ByteOrder.LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats();
            a3 = p.fma(u, a3);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + L);
        a2.intoArray(s, at + 2 * L);
        a3.intoArray(s, at + 3 * L);
    }

    private static void brain2(
            MemorySegment w, long from, long stride, float[] x, int x0, int xStride, int n, float[] s, int at) {
        var a0 = FloatVector.fromArray(S, s, at);
        var a1 = FloatVector.fromArray(S, s, at + L);
        var a2 = FloatVector.fromArray(S, s, at + 2 * L);
        var a3 = FloatVector.fromArray(S, s, at + 3 * L);
        var b0 = FloatVector.fromArray(S, s, at + 4 * L);
        var b1 = FloatVector.fromArray(S, s, at + 5 * L);
        var b2 = FloatVector.fromArray(S, s, at + 6 * L);
        var b3 = FloatVector.fromArray(S, s, at + 7 * L);
        for (int k = x0, end = x0 + n; k < end; k += L, from += 2 * L) {
            var u = FloatVector.fromArray(S, x, k);
            var v = FloatVector.fromArray(S, x, k + xStride);
            var p = ((IntVector) ShortVector.fromMemorySegment(SHORTS, w, from, ByteOrder.LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats();
            a0 = p.fma(u, a0);
            b0 = p.fma(v, b0);
            p = ((IntVector) ShortVector.fromMemorySegment(SHORTS, w, from + stride, ByteOrder.LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats();
            a1 = p.fma(u, a1);
            b1 = p.fma(v, b1);
            p = ((IntVector) ShortVector.fromMemorySegment(SHORTS, w, from + 2 * stride, ByteOrder.LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats();
            a2 = p.fma(u, a2);
            b2 = p.fma(v, b2);
            p = ((IntVector) ShortVector.fromMemorySegment(SHORTS, w, from + 3 * stride, ByteOrder.LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats();
            a3 = p.fma(u, a3);
            b3 = p.fma(v, b3);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + L);
        a2.intoArray(s, at + 2 * L);
        a3.intoArray(s, at + 3 * L);
        b0.intoArray(s, at + 4 * L);
        b1.intoArray(s, at + 5 * L);
        b2.intoArray(s, at + 6 * L);
        b3.intoArray(s, at + 7 * L);
    }

    private static void brain4(
            MemorySegment w, long from, long stride, float[] x, int x0, int xStride, int n, float[] s, int at) {
        var a0 = FloatVector.fromArray(S, s, at);
        var a1 = FloatVector.fromArray(S, s, at + L);
        var a2 = FloatVector.fromArray(S, s, at + 2 * L);
        var a3 = FloatVector.fromArray(S, s, at + 3 * L);
        var b0 = FloatVector.fromArray(S, s, at + 4 * L);
        var b1 = FloatVector.fromArray(S, s, at + 5 * L);
        var b2 = FloatVector.fromArray(S, s, at + 6 * L);
        var b3 = FloatVector.fromArray(S, s, at + 7 * L);
        var c0 = FloatVector.fromArray(S, s, at + 8 * L);
        var c1 = FloatVector.fromArray(S, s, at + 9 * L);
        var c2 = FloatVector.fromArray(S, s, at + 10 * L);
        var c3 = FloatVector.fromArray(S, s, at + 11 * L);
        var d0 = FloatVector.fromArray(S, s, at + 12 * L);
        var d1 = FloatVector.fromArray(S, s, at + 13 * L);
        var d2 = FloatVector.fromArray(S, s, at + 14 * L);
        var d3 = FloatVector.fromArray(S, s, at + 15 * L);
        for (int k = x0, end = x0 + n; k < end; k += L, from += 2 * L) {
            var u = FloatVector.fromArray(S, x, k);
            var v = FloatVector.fromArray(S, x, k + xStride);
            var y = FloatVector.fromArray(S, x, k + 2 * xStride);
            var z = FloatVector.fromArray(S, x, k + 3 * xStride);
            var p = ((IntVector) ShortVector.fromMemorySegment(SHORTS, w, from, ByteOrder.LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats();
            a0 = p.fma(u, a0);
            b0 = p.fma(v, b0);
            c0 = p.fma(y, c0);
            d0 = p.fma(z, d0);
            p = ((IntVector) ShortVector.fromMemorySegment(SHORTS, w, from + stride, ByteOrder.LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats();
            a1 = p.fma(u, a1);
            b1 = p.fma(v, b1);
            c1 = p.fma(y, c1);
            d1 = p.fma(z, d1);
            p = ((IntVector) ShortVector.fromMemorySegment(SHORTS, w, from + 2 * stride, ByteOrder.LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats();
            a2 = p.fma(u, a2);
            b2 = p.fma(v, b2);
            c2 = p.fma(y, c2);
            d2 = p.fma(z, d2);
            p = ((IntVector) ShortVector.fromMemorySegment(SHORTS, w, from + 3 * stride, ByteOrder.LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats();
            a3 = p.fma(u, a3);
            b3 = p.fma(v, b3);
            c3 = p.fma(y, c3);
            d3 = p.fma(z, d3);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + L);
        a2.intoArray(s, at + 2 * L);
        a3.intoArray(s, at + 3 * L);
        b0.intoArray(s, at + 4 * L);
        b1.intoArray(s, at + 5 * L);
        b2.intoArray(s, at + 6 * L);
        b3.intoArray(s, at + 7 * L);
        c0.intoArray(s, at + 8 * L);
        c1.intoArray(s, at + 9 * L);
        c2.intoArray(s, at + 10 * L);
        c3.intoArray(s, at + 11 * L);
        d0.intoArray(s, at + 12 * L);
        d1.intoArray(s, at + 13 * L);
        d2.intoArray(s, at + 14 * L);
        d3.intoArray(s, at + 15 * L);
    }
}
