package dev.nextstep.kernel;

import dev.nextstep.tensor.DataType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products of two rows of blocks with one or two activation rows, widened in registers: what drawing a token costs.
 * For more rows it is cheaper to widen once into memory ({@link Blocks#read}) and use {@link DotTile}; the bits are the
 * same.
 *
 * <p>Two weight rows and no more, because the JIT compiler stops inlining in larger loops and then allocates every
 * vector; and two rows with two fused multiply-adds per block keep the units busy behind the widening.
 */
final class BlockDot {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;

    private BlockDot() {}

    /**
     * Adds to the partial sums of 2 × {@code rows} products: row r, output o at {@code at + r·sumStride + 16·o}.
     *
     * @param w bytes of two weight rows: the first from 0, the second from {@code second}
     * @param x activation rows, {@code xStride} apart, from {@code x0}
     * @param n elements of a row, a whole number of blocks
     * @param rows 1 or 2
     * @param k scratch for {@link DataType#Q4_K}
     */
    static void add(
            DataType type,
            byte[] w,
            int first,
            int second,
            float[] x,
            int x0,
            int xStride,
            int n,
            int rows,
            float[] sums,
            int at,
            int sumStride,
            KScales k) {
        int blocks = n / type.blockElements();
        if (type == DataType.Q4_K) {
            k.expand(w, first, blocks, 0);
            k.expand(w, second, blocks, blocks * Blocks.K_GROUPS);
        }
        for (int lane = 0; lane < Lanes.LOGICAL; lane += L) {
            int x1 = x0 + xStride + lane;
            int s = at + lane;
            if (rows == 1) {
                switch (type) {
                    case Q8_0 -> q8x1(w, first + lane, second + lane, lane, x, x0 + lane, blocks, sums, s);
                    case Q4_0 -> q4x1(w, first + lane, second + lane, lane, x, x0 + lane, blocks, sums, s);
                    default -> q4kx1(w, first + lane, second + lane, k, x, x0 + lane, blocks, sums, s);
                }
            } else {
                switch (type) {
                    case Q8_0 ->
                        q8x2(w, first + lane, second + lane, lane, x, x0 + lane, x1, blocks, sums, s, s + sumStride);
                    case Q4_0 ->
                        q4x2(w, first + lane, second + lane, lane, x, x0 + lane, x1, blocks, sums, s, s + sumStride);
                    default -> {
                        q4kx2(w, first + lane, k, 0, x, x0 + lane, x1, blocks, sums, s, s + sumStride);
                        int second1 = s + Lanes.LOGICAL;
                        q4kx2(
                                w,
                                second + lane,
                                k,
                                blocks * Blocks.K_GROUPS,
                                x,
                                x0 + lane,
                                x1,
                                blocks,
                                sums,
                                second1,
                                second1 + sumStride);
                    }
                }
            }
        }
    }

    // Offsets of weights include the lane; the scale stands that much before them.
    private static FloatVector scale(byte[] w, int at) {
        return FloatVector.broadcast(S, Blocks.half(w, at));
    }

    private static FloatVector load(float[] x, int at) {
        return FloatVector.fromArray(S, x, at);
    }

    private static void q8x1(byte[] w, int w0, int w1, int lane, float[] x, int x0, int blocks, float[] s, int at) {
        var a0 = load(s, at);
        var a1 = load(s, at + 16);
        for (int b = 0; b < blocks; b++, w0 += 34, w1 += 34, x0 += 32) {
            var u = load(x, x0);
            var v = load(x, x0 + 16);
            var d = scale(w, w0 - lane);
            a0 = Blocks.signed(w, w0 + 2).mul(d).fma(u, a0);
            a0 = Blocks.signed(w, w0 + 18).mul(d).fma(v, a0);
            d = scale(w, w1 - lane);
            a1 = Blocks.signed(w, w1 + 2).mul(d).fma(u, a1);
            a1 = Blocks.signed(w, w1 + 18).mul(d).fma(v, a1);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + 16);
    }

    private static void q8x2(
            byte[] w, int w0, int w1, int lane, float[] x, int x0, int x1, int blocks, float[] s, int at, int at1) {
        var a0 = load(s, at);
        var a1 = load(s, at + 16);
        var b0 = load(s, at1);
        var b1 = load(s, at1 + 16);
        for (int b = 0; b < blocks; b++, w0 += 34, w1 += 34, x0 += 32, x1 += 32) {
            var d = scale(w, w0 - lane);
            var e = scale(w, w1 - lane);
            var p = Blocks.signed(w, w0 + 2).mul(d);
            var q = Blocks.signed(w, w1 + 2).mul(e);
            var u = load(x, x0);
            var v = load(x, x1);
            a0 = p.fma(u, a0);
            a1 = q.fma(u, a1);
            b0 = p.fma(v, b0);
            b1 = q.fma(v, b1);
            p = Blocks.signed(w, w0 + 18).mul(d);
            q = Blocks.signed(w, w1 + 18).mul(e);
            u = load(x, x0 + 16);
            v = load(x, x1 + 16);
            a0 = p.fma(u, a0);
            a1 = q.fma(u, a1);
            b0 = p.fma(v, b0);
            b1 = q.fma(v, b1);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + 16);
        b0.intoArray(s, at1);
        b1.intoArray(s, at1 + 16);
    }

    private static void q4x1(byte[] w, int w0, int w1, int lane, float[] x, int x0, int blocks, float[] s, int at) {
        var a0 = load(s, at);
        var a1 = load(s, at + 16);
        for (int b = 0; b < blocks; b++, w0 += 18, w1 += 18, x0 += 32) {
            var u = load(x, x0);
            var v = load(x, x0 + 16);
            var d = scale(w, w0 - lane);
            var m = d.mul(-8f);
            var q = Blocks.unsigned(w, w0 + 2);
            a0 = Blocks.low(q, d, m).fma(u, a0);
            a0 = Blocks.high(q, d, m).fma(v, a0);
            d = scale(w, w1 - lane);
            m = d.mul(-8f);
            q = Blocks.unsigned(w, w1 + 2);
            a1 = Blocks.low(q, d, m).fma(u, a1);
            a1 = Blocks.high(q, d, m).fma(v, a1);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + 16);
    }

    private static void q4x2(
            byte[] w, int w0, int w1, int lane, float[] x, int x0, int x1, int blocks, float[] s, int at, int at1) {
        var a0 = load(s, at);
        var a1 = load(s, at + 16);
        var b0 = load(s, at1);
        var b1 = load(s, at1 + 16);
        for (int b = 0; b < blocks; b++, w0 += 18, w1 += 18, x0 += 32, x1 += 32) {
            var u0 = load(x, x0);
            var v0 = load(x, x0 + 16);
            var u1 = load(x, x1);
            var v1 = load(x, x1 + 16);
            var d = scale(w, w0 - lane);
            var m = d.mul(-8f);
            var q = Blocks.unsigned(w, w0 + 2);
            var l = Blocks.low(q, d, m);
            var h = Blocks.high(q, d, m);
            a0 = l.fma(u0, a0);
            a0 = h.fma(v0, a0);
            b0 = l.fma(u1, b0);
            b0 = h.fma(v1, b0);
            d = scale(w, w1 - lane);
            m = d.mul(-8f);
            q = Blocks.unsigned(w, w1 + 2);
            l = Blocks.low(q, d, m);
            h = Blocks.high(q, d, m);
            a1 = l.fma(u0, a1);
            a1 = h.fma(v0, a1);
            b1 = l.fma(u1, b1);
            b1 = h.fma(v1, b1);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + 16);
        b0.intoArray(s, at1);
        b1.intoArray(s, at1 + 16);
    }

    // The nibbles of odd groups stay where they are: 16 times too large for scales that are 16 times too small.
    private static FloatVector widen(byte[] w, int at, int mask, FloatVector scale, FloatVector offset) {
        return Blocks.masked(Blocks.unsigned(w, at), mask, scale, offset);
    }

    private static void q4kx1(byte[] w, int w0, int w1, KScales k, float[] x, int x0, int blocks, float[] s, int at) {
        float[] scales = k.scales;
        float[] offsets = k.offsets;
        int groups = blocks * Blocks.K_GROUPS;
        var a0 = load(s, at);
        var a1 = load(s, at + 16);
        for (int g = 0; g < groups; g++, x0 += 32) {
            int q = Blocks.nibbles(g);
            int mask = Blocks.mask(g);
            var u = load(x, x0);
            var v = load(x, x0 + 16);
            var d = FloatVector.broadcast(S, scales[g]);
            var m = FloatVector.broadcast(S, offsets[g]);
            a0 = widen(w, w0 + q, mask, d, m).fma(u, a0);
            a0 = widen(w, w0 + q + 16, mask, d, m).fma(v, a0);
            d = FloatVector.broadcast(S, scales[groups + g]);
            m = FloatVector.broadcast(S, offsets[groups + g]);
            a1 = widen(w, w1 + q, mask, d, m).fma(u, a1);
            a1 = widen(w, w1 + q + 16, mask, d, m).fma(v, a1);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + 16);
    }

    // One weight row only: two are more than the compiler inlines.
    private static void q4kx2(
            byte[] w, int w0, KScales k, int k0, float[] x, int x0, int x1, int blocks, float[] s, int at, int at1) {
        float[] scales = k.scales;
        float[] offsets = k.offsets;
        int groups = blocks * Blocks.K_GROUPS;
        var a = load(s, at);
        var b = load(s, at1);
        for (int g = 0; g < groups; g++, x0 += 32, x1 += 32) {
            int q = Blocks.nibbles(g);
            int mask = Blocks.mask(g);
            var d = FloatVector.broadcast(S, scales[k0 + g]);
            var m = FloatVector.broadcast(S, offsets[k0 + g]);
            var u = widen(w, w0 + q, mask, d, m);
            a = u.fma(load(x, x0), a);
            b = u.fma(load(x, x1), b);
            u = widen(w, w0 + q + 16, mask, d, m);
            a = u.fma(load(x, x0 + 16), a);
            b = u.fma(load(x, x1 + 16), b);
        }
        a.intoArray(s, at);
        b.intoArray(s, at1);
    }
}
