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
 * <p>For vectors of 512 bits only, where a dot product's sixteen partial sums are one register. The tiles are as large as
 * the JIT compiler takes them: beyond that it stops inlining and allocates every vector.
 */
final class RowDot {
    /** Weight rows of a tile. */
    static final int OUTPUTS = 4;

    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
    private static final int L = Lanes.LOGICAL;

    private RowDot() {}

    /** Most activation rows at a time with weights of this type; 0 if there is nothing here for it. */
    static int mostRows(DataType type) {
        if (Lanes.LENGTH != Lanes.LOGICAL) {
            return 0;
        }
        return switch (type) {
            case F32 -> 4;
            case BF16 -> 2;
            default -> 0;
        };
    }

    /**
     * Adds to the partial sums of {@value #OUTPUTS} × {@code rows} products: row r, output o at {@code at + 16·(4·r + o)}.
     *
     * @param w bytes of the weights
     * @param from byte of the first weight
     * @param stride bytes from one weight row to the next
     * @param x activation rows, {@code xStride} apart, from {@code x0}
     * @param n elements, a multiple of 16
     * @param rows 1, 2 or 4, at most {@link #mostRows}
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
                case 2 -> single2(w, from, stride, x, x0, x0 + xStride, n, sums, at);
                default -> single4(w, from, stride, x, x0, xStride, n, sums, at);
            }
        } else if (rows == 1) {
            brain1(w, from, stride, x, x0, n, sums, at);
        } else {
            brain2(w, from, stride, x, x0, x0 + xStride, n, sums, at);
        }
    }

    private static FloatVector load(float[] x, int at) {
        return FloatVector.fromArray(S, x, at);
    }

    private static FloatVector single(MemorySegment w, long at) {
        return FloatVector.fromMemorySegment(S, w, at, ByteOrder.LITTLE_ENDIAN);
    }

    private static FloatVector brain(MemorySegment w, long at) {
        return ((IntVector) ShortVector.fromMemorySegment(SHORTS, w, at, ByteOrder.LITTLE_ENDIAN)
                        .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                .lanewise(VectorOperators.LSHL, 16)
                .reinterpretAsFloats();
    }

    private static void single1(
            MemorySegment w, long from, long stride, float[] x, int x0, int n, float[] s, int at) {
        var a = load(s, at);
        var b = load(s, at + L);
        var c = load(s, at + 2 * L);
        var d = load(s, at + 3 * L);
        for (int k = x0, end = x0 + n; k < end; k += L, from += 4 * L) {
            var u = load(x, k);
            a = single(w, from).fma(u, a);
            b = single(w, from + stride).fma(u, b);
            c = single(w, from + 2 * stride).fma(u, c);
            d = single(w, from + 3 * stride).fma(u, d);
        }
        a.intoArray(s, at);
        b.intoArray(s, at + L);
        c.intoArray(s, at + 2 * L);
        d.intoArray(s, at + 3 * L);
    }

    private static void single2(
            MemorySegment w, long from, long stride, float[] x, int x0, int x1, int n, float[] s, int at) {
        var a = load(s, at);
        var b = load(s, at + L);
        var c = load(s, at + 2 * L);
        var d = load(s, at + 3 * L);
        var e = load(s, at + 4 * L);
        var f = load(s, at + 5 * L);
        var g = load(s, at + 6 * L);
        var h = load(s, at + 7 * L);
        for (int k = 0; k < n; k += L, from += 4 * L) {
            var u = load(x, x0 + k);
            var v = load(x, x1 + k);
            var p = single(w, from);
            a = p.fma(u, a);
            e = p.fma(v, e);
            p = single(w, from + stride);
            b = p.fma(u, b);
            f = p.fma(v, f);
            p = single(w, from + 2 * stride);
            c = p.fma(u, c);
            g = p.fma(v, g);
            p = single(w, from + 3 * stride);
            d = p.fma(u, d);
            h = p.fma(v, h);
        }
        a.intoArray(s, at);
        b.intoArray(s, at + L);
        c.intoArray(s, at + 2 * L);
        d.intoArray(s, at + 3 * L);
        e.intoArray(s, at + 4 * L);
        f.intoArray(s, at + 5 * L);
        g.intoArray(s, at + 6 * L);
        h.intoArray(s, at + 7 * L);
    }

    private static void single4(
            MemorySegment w, long from, long stride, float[] x, int x0, int xStride, int n, float[] s, int at) {
        var a0 = load(s, at);
        var a1 = load(s, at + L);
        var a2 = load(s, at + 2 * L);
        var a3 = load(s, at + 3 * L);
        var b0 = load(s, at + 4 * L);
        var b1 = load(s, at + 5 * L);
        var b2 = load(s, at + 6 * L);
        var b3 = load(s, at + 7 * L);
        var c0 = load(s, at + 8 * L);
        var c1 = load(s, at + 9 * L);
        var c2 = load(s, at + 10 * L);
        var c3 = load(s, at + 11 * L);
        var d0 = load(s, at + 12 * L);
        var d1 = load(s, at + 13 * L);
        var d2 = load(s, at + 14 * L);
        var d3 = load(s, at + 15 * L);
        for (int k = x0, end = x0 + n; k < end; k += L, from += 4 * L) {
            var u = load(x, k);
            var v = load(x, k + xStride);
            var y = load(x, k + 2 * xStride);
            var z = load(x, k + 3 * xStride);
            var p = single(w, from);
            a0 = p.fma(u, a0);
            b0 = p.fma(v, b0);
            c0 = p.fma(y, c0);
            d0 = p.fma(z, d0);
            p = single(w, from + stride);
            a1 = p.fma(u, a1);
            b1 = p.fma(v, b1);
            c1 = p.fma(y, c1);
            d1 = p.fma(z, d1);
            p = single(w, from + 2 * stride);
            a2 = p.fma(u, a2);
            b2 = p.fma(v, b2);
            c2 = p.fma(y, c2);
            d2 = p.fma(z, d2);
            p = single(w, from + 3 * stride);
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

    private static void brain1(
            MemorySegment w, long from, long stride, float[] x, int x0, int n, float[] s, int at) {
        var a = load(s, at);
        var b = load(s, at + L);
        var c = load(s, at + 2 * L);
        var d = load(s, at + 3 * L);
        for (int k = x0, end = x0 + n; k < end; k += L, from += 2 * L) {
            var u = load(x, k);
            a = brain(w, from).fma(u, a);
            b = brain(w, from + stride).fma(u, b);
            c = brain(w, from + 2 * stride).fma(u, c);
            d = brain(w, from + 3 * stride).fma(u, d);
        }
        a.intoArray(s, at);
        b.intoArray(s, at + L);
        c.intoArray(s, at + 2 * L);
        d.intoArray(s, at + 3 * L);
    }

    private static void brain2(
            MemorySegment w, long from, long stride, float[] x, int x0, int x1, int n, float[] s, int at) {
        var a = load(s, at);
        var b = load(s, at + L);
        var c = load(s, at + 2 * L);
        var d = load(s, at + 3 * L);
        var e = load(s, at + 4 * L);
        var f = load(s, at + 5 * L);
        var g = load(s, at + 6 * L);
        var h = load(s, at + 7 * L);
        for (int k = 0; k < n; k += L, from += 2 * L) {
            var u = load(x, x0 + k);
            var v = load(x, x1 + k);
            var p = brain(w, from);
            a = p.fma(u, a);
            e = p.fma(v, e);
            p = brain(w, from + stride);
            b = p.fma(u, b);
            f = p.fma(v, f);
            p = brain(w, from + 2 * stride);
            c = p.fma(u, c);
            g = p.fma(v, g);
            p = brain(w, from + 3 * stride);
            d = p.fma(u, d);
            h = p.fma(v, h);
        }
        a.intoArray(s, at);
        b.intoArray(s, at + L);
        c.intoArray(s, at + 2 * L);
        d.intoArray(s, at + 3 * L);
        e.intoArray(s, at + 4 * L);
        f.intoArray(s, at + 5 * L);
        g.intoArray(s, at + 6 * L);
        h.intoArray(s, at + 7 * L);
    }
}
