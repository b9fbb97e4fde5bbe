package dev.nextstep.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products of four weight rows with one, two or four activation rows: the inner loop of every matrix product.
 *
 * <p>Partial sums live in {@code sums}, 16 for each product, product (row r, output o) at {@code (4·r + o)·16}, so that a
 * long inner dimension can be taken in pieces. Whatever the tile, each product adds the same numbers in the same order:
 * a row's result does not depend on the rows beside it. See {@link Lanes} for the order.
 */
final class DotTile {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;

    /** Outputs of a tile. */
    static final int OUTPUTS = 4;

    private DotTile() {}

    /**
     * Adds to the partial sums of {@code rows} × 4 products.
     *
     * @param w four weight rows, {@code wStride} apart, from {@code w0}
     * @param x activation rows, {@code xStride} apart, from {@code x0}
     * @param n length, a multiple of 16
     * @param rows 1, 2 or 4
     */
    static void add(
            float[] w, int w0, int wStride, float[] x, int x0, int xStride, int n, int rows, float[] sums, int at) {
        for (int lane = 0; lane < Lanes.LOGICAL; lane += L) {
            switch (rows) {
                case 4 -> {
                    if (L == 16) {
                        add4(w, w0, wStride, x, x0, xStride, n, sums, at);
                    } else { // sixteen accumulators do not fit beside their operands in sixteen registers
                        add2(w, w0 + lane, wStride, x, x0 + lane, xStride, n, sums, at + lane);
                        add2(w, w0 + lane, wStride, x, x0 + 2 * xStride + lane, xStride, n, sums, at + 128 + lane);
                    }
                }
                case 2 -> add2(w, w0 + lane, wStride, x, x0 + lane, xStride, n, sums, at + lane);
                default -> add1(w, w0 + lane, wStride, x, x0 + lane, n, sums, at + lane);
            }
        }
    }

    // 4 × 4: eight loads feed sixteen multiply-adds, and sixteen chains hide their latency.
    private static void add4(float[] w, int w0, int wStride, float[] x, int x0, int xStride, int n, float[] s, int at) {
        int w1 = w0 + wStride;
        int w2 = w1 + wStride;
        int w3 = w2 + wStride;
        int x1 = x0 + xStride;
        int x2 = x1 + xStride;
        int x3 = x2 + xStride;
        var a00 = FloatVector.fromArray(S, s, at);
        var a01 = FloatVector.fromArray(S, s, at + 16);
        var a02 = FloatVector.fromArray(S, s, at + 32);
        var a03 = FloatVector.fromArray(S, s, at + 48);
        var a10 = FloatVector.fromArray(S, s, at + 64);
        var a11 = FloatVector.fromArray(S, s, at + 80);
        var a12 = FloatVector.fromArray(S, s, at + 96);
        var a13 = FloatVector.fromArray(S, s, at + 112);
        var a20 = FloatVector.fromArray(S, s, at + 128);
        var a21 = FloatVector.fromArray(S, s, at + 144);
        var a22 = FloatVector.fromArray(S, s, at + 160);
        var a23 = FloatVector.fromArray(S, s, at + 176);
        var a30 = FloatVector.fromArray(S, s, at + 192);
        var a31 = FloatVector.fromArray(S, s, at + 208);
        var a32 = FloatVector.fromArray(S, s, at + 224);
        var a33 = FloatVector.fromArray(S, s, at + 240);
        for (int k = 0; k < n; k += Lanes.LOGICAL) {
            var u0 = FloatVector.fromArray(S, w, w0 + k);
            var u1 = FloatVector.fromArray(S, w, w1 + k);
            var u2 = FloatVector.fromArray(S, w, w2 + k);
            var u3 = FloatVector.fromArray(S, w, w3 + k);
            var v = FloatVector.fromArray(S, x, x0 + k);
            a00 = u0.fma(v, a00);
            a01 = u1.fma(v, a01);
            a02 = u2.fma(v, a02);
            a03 = u3.fma(v, a03);
            v = FloatVector.fromArray(S, x, x1 + k);
            a10 = u0.fma(v, a10);
            a11 = u1.fma(v, a11);
            a12 = u2.fma(v, a12);
            a13 = u3.fma(v, a13);
            v = FloatVector.fromArray(S, x, x2 + k);
            a20 = u0.fma(v, a20);
            a21 = u1.fma(v, a21);
            a22 = u2.fma(v, a22);
            a23 = u3.fma(v, a23);
            v = FloatVector.fromArray(S, x, x3 + k);
            a30 = u0.fma(v, a30);
            a31 = u1.fma(v, a31);
            a32 = u2.fma(v, a32);
            a33 = u3.fma(v, a33);
        }
        a00.intoArray(s, at);
        a01.intoArray(s, at + 16);
        a02.intoArray(s, at + 32);
        a03.intoArray(s, at + 48);
        a10.intoArray(s, at + 64);
        a11.intoArray(s, at + 80);
        a12.intoArray(s, at + 96);
        a13.intoArray(s, at + 112);
        a20.intoArray(s, at + 128);
        a21.intoArray(s, at + 144);
        a22.intoArray(s, at + 160);
        a23.intoArray(s, at + 176);
        a30.intoArray(s, at + 192);
        a31.intoArray(s, at + 208);
        a32.intoArray(s, at + 224);
        a33.intoArray(s, at + 240);
    }

    private static void add2(float[] w, int w0, int wStride, float[] x, int x0, int xStride, int n, float[] s, int at) {
        int w1 = w0 + wStride;
        int w2 = w1 + wStride;
        int w3 = w2 + wStride;
        int x1 = x0 + xStride;
        var a00 = FloatVector.fromArray(S, s, at);
        var a01 = FloatVector.fromArray(S, s, at + 16);
        var a02 = FloatVector.fromArray(S, s, at + 32);
        var a03 = FloatVector.fromArray(S, s, at + 48);
        var a10 = FloatVector.fromArray(S, s, at + 64);
        var a11 = FloatVector.fromArray(S, s, at + 80);
        var a12 = FloatVector.fromArray(S, s, at + 96);
        var a13 = FloatVector.fromArray(S, s, at + 112);
        for (int k = 0; k < n; k += Lanes.LOGICAL) {
            var u0 = FloatVector.fromArray(S, w, w0 + k);
            var u1 = FloatVector.fromArray(S, w, w1 + k);
            var u2 = FloatVector.fromArray(S, w, w2 + k);
            var u3 = FloatVector.fromArray(S, w, w3 + k);
            var v0 = FloatVector.fromArray(S, x, x0 + k);
            var v1 = FloatVector.fromArray(S, x, x1 + k);
            a00 = u0.fma(v0, a00);
            a01 = u1.fma(v0, a01);
            a02 = u2.fma(v0, a02);
            a03 = u3.fma(v0, a03);
            a10 = u0.fma(v1, a10);
            a11 = u1.fma(v1, a11);
            a12 = u2.fma(v1, a12);
            a13 = u3.fma(v1, a13);
        }
        a00.intoArray(s, at);
        a01.intoArray(s, at + 16);
        a02.intoArray(s, at + 32);
        a03.intoArray(s, at + 48);
        a10.intoArray(s, at + 64);
        a11.intoArray(s, at + 80);
        a12.intoArray(s, at + 96);
        a13.intoArray(s, at + 112);
    }

    private static void add1(float[] w, int w0, int wStride, float[] x, int x0, int n, float[] s, int at) {
        int w1 = w0 + wStride;
        int w2 = w1 + wStride;
        int w3 = w2 + wStride;
        var a0 = FloatVector.fromArray(S, s, at);
        var a1 = FloatVector.fromArray(S, s, at + 16);
        var a2 = FloatVector.fromArray(S, s, at + 32);
        var a3 = FloatVector.fromArray(S, s, at + 48);
        for (int k = 0; k < n; k += Lanes.LOGICAL) {
            var v = FloatVector.fromArray(S, x, x0 + k);
            a0 = FloatVector.fromArray(S, w, w0 + k).fma(v, a0);
            a1 = FloatVector.fromArray(S, w, w1 + k).fma(v, a1);
            a2 = FloatVector.fromArray(S, w, w2 + k).fma(v, a2);
            a3 = FloatVector.fromArray(S, w, w3 + k).fma(v, a3);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + 16);
        a2.intoArray(s, at + 32);
        a3.intoArray(s, at + 48);
    }

    /**
     * Sixteen whole dot products of four weight rows and four activation rows: for 512-bit vectors, and rows short enough to
     * be taken in one piece. Partial sums of product (row r, output o) go to {@code s[at + 16·(4·r + o)]}; bits are those of
     * {@link #add}.
     */
    static void whole4x4(float[] w, int w0, int wStride, float[] x, int x0, int xStride, int n, float[] s, int at) {
        int w1 = w0 + wStride;
        int w2 = w1 + wStride;
        int w3 = w2 + wStride;
        int x1 = x0 + xStride;
        int x2 = x1 + xStride;
        int x3 = x2 + xStride;
        var a00 = FloatVector.zero(S);
        var a01 = FloatVector.zero(S);
        var a02 = FloatVector.zero(S);
        var a03 = FloatVector.zero(S);
        var a10 = FloatVector.zero(S);
        var a11 = FloatVector.zero(S);
        var a12 = FloatVector.zero(S);
        var a13 = FloatVector.zero(S);
        var a20 = FloatVector.zero(S);
        var a21 = FloatVector.zero(S);
        var a22 = FloatVector.zero(S);
        var a23 = FloatVector.zero(S);
        var a30 = FloatVector.zero(S);
        var a31 = FloatVector.zero(S);
        var a32 = FloatVector.zero(S);
        var a33 = FloatVector.zero(S);
        for (int k = 0; k < n; k += Lanes.LOGICAL) {
            var u0 = FloatVector.fromArray(S, w, w0 + k);
            var u1 = FloatVector.fromArray(S, w, w1 + k);
            var u2 = FloatVector.fromArray(S, w, w2 + k);
            var u3 = FloatVector.fromArray(S, w, w3 + k);
            var v = FloatVector.fromArray(S, x, x0 + k);
            a00 = u0.fma(v, a00);
            a01 = u1.fma(v, a01);
            a02 = u2.fma(v, a02);
            a03 = u3.fma(v, a03);
            v = FloatVector.fromArray(S, x, x1 + k);
            a10 = u0.fma(v, a10);
            a11 = u1.fma(v, a11);
            a12 = u2.fma(v, a12);
            a13 = u3.fma(v, a13);
            v = FloatVector.fromArray(S, x, x2 + k);
            a20 = u0.fma(v, a20);
            a21 = u1.fma(v, a21);
            a22 = u2.fma(v, a22);
            a23 = u3.fma(v, a23);
            v = FloatVector.fromArray(S, x, x3 + k);
            a30 = u0.fma(v, a30);
            a31 = u1.fma(v, a31);
            a32 = u2.fma(v, a32);
            a33 = u3.fma(v, a33);
        }
        a00.intoArray(s, at);
        a01.intoArray(s, at + 16);
        a02.intoArray(s, at + 32);
        a03.intoArray(s, at + 48);
        a10.intoArray(s, at + 64);
        a11.intoArray(s, at + 80);
        a12.intoArray(s, at + 96);
        a13.intoArray(s, at + 112);
        a20.intoArray(s, at + 128);
        a21.intoArray(s, at + 144);
        a22.intoArray(s, at + 160);
        a23.intoArray(s, at + 176);
        a30.intoArray(s, at + 192);
        a31.intoArray(s, at + 208);
        a32.intoArray(s, at + 224);
        a33.intoArray(s, at + 240);
    }

    /**
     * The same for eight weight rows and two activation rows: product (row r, output o) goes to
     * {@code s[at + 16·(8·r + o)]}.
     */
    static void whole2x8(float[] w, int w0, int wStride, float[] x, int x0, int xStride, int n, float[] s, int at) {
        int x1 = x0 + xStride;
        var a00 = FloatVector.zero(S);
        var a01 = FloatVector.zero(S);
        var a02 = FloatVector.zero(S);
        var a03 = FloatVector.zero(S);
        var a04 = FloatVector.zero(S);
        var a05 = FloatVector.zero(S);
        var a06 = FloatVector.zero(S);
        var a07 = FloatVector.zero(S);
        var a10 = FloatVector.zero(S);
        var a11 = FloatVector.zero(S);
        var a12 = FloatVector.zero(S);
        var a13 = FloatVector.zero(S);
        var a14 = FloatVector.zero(S);
        var a15 = FloatVector.zero(S);
        var a16 = FloatVector.zero(S);
        var a17 = FloatVector.zero(S);
        for (int k = 0; k < n; k += Lanes.LOGICAL) {
            var v0 = FloatVector.fromArray(S, x, x0 + k);
            var v1 = FloatVector.fromArray(S, x, x1 + k);
            var u = FloatVector.fromArray(S, w, w0 + 0 * wStride + k);
            a00 = u.fma(v0, a00);
            a10 = u.fma(v1, a10);
            u = FloatVector.fromArray(S, w, w0 + 1 * wStride + k);
            a01 = u.fma(v0, a01);
            a11 = u.fma(v1, a11);
            u = FloatVector.fromArray(S, w, w0 + 2 * wStride + k);
            a02 = u.fma(v0, a02);
            a12 = u.fma(v1, a12);
            u = FloatVector.fromArray(S, w, w0 + 3 * wStride + k);
            a03 = u.fma(v0, a03);
            a13 = u.fma(v1, a13);
            u = FloatVector.fromArray(S, w, w0 + 4 * wStride + k);
            a04 = u.fma(v0, a04);
            a14 = u.fma(v1, a14);
            u = FloatVector.fromArray(S, w, w0 + 5 * wStride + k);
            a05 = u.fma(v0, a05);
            a15 = u.fma(v1, a15);
            u = FloatVector.fromArray(S, w, w0 + 6 * wStride + k);
            a06 = u.fma(v0, a06);
            a16 = u.fma(v1, a16);
            u = FloatVector.fromArray(S, w, w0 + 7 * wStride + k);
            a07 = u.fma(v0, a07);
            a17 = u.fma(v1, a17);
        }
        a00.intoArray(s, at);
        a01.intoArray(s, at + 16);
        a02.intoArray(s, at + 32);
        a03.intoArray(s, at + 48);
        a04.intoArray(s, at + 64);
        a05.intoArray(s, at + 80);
        a06.intoArray(s, at + 96);
        a07.intoArray(s, at + 112);
        a10.intoArray(s, at + 128);
        a11.intoArray(s, at + 144);
        a12.intoArray(s, at + 160);
        a13.intoArray(s, at + 176);
        a14.intoArray(s, at + 192);
        a15.intoArray(s, at + 208);
        a16.intoArray(s, at + 224);
        a17.intoArray(s, at + 240);
    }

    /** The same for sixteen weight rows and one activation row: output o goes to {@code s[at + 16·o]}. */
    static void whole1x16(float[] w, int w0, int wStride, float[] x, int x0, int n, float[] s, int at) {
        var a0 = FloatVector.zero(S);
        var a1 = FloatVector.zero(S);
        var a2 = FloatVector.zero(S);
        var a3 = FloatVector.zero(S);
        var a4 = FloatVector.zero(S);
        var a5 = FloatVector.zero(S);
        var a6 = FloatVector.zero(S);
        var a7 = FloatVector.zero(S);
        var a8 = FloatVector.zero(S);
        var a9 = FloatVector.zero(S);
        var aa = FloatVector.zero(S);
        var ab = FloatVector.zero(S);
        var ac = FloatVector.zero(S);
        var ad = FloatVector.zero(S);
        var ae = FloatVector.zero(S);
        var af = FloatVector.zero(S);
        for (int k = 0; k < n; k += Lanes.LOGICAL) {
            var v = FloatVector.fromArray(S, x, x0 + k);
            a0 = FloatVector.fromArray(S, w, w0 + 0 * wStride + k).fma(v, a0);
            a1 = FloatVector.fromArray(S, w, w0 + 1 * wStride + k).fma(v, a1);
            a2 = FloatVector.fromArray(S, w, w0 + 2 * wStride + k).fma(v, a2);
            a3 = FloatVector.fromArray(S, w, w0 + 3 * wStride + k).fma(v, a3);
            a4 = FloatVector.fromArray(S, w, w0 + 4 * wStride + k).fma(v, a4);
            a5 = FloatVector.fromArray(S, w, w0 + 5 * wStride + k).fma(v, a5);
            a6 = FloatVector.fromArray(S, w, w0 + 6 * wStride + k).fma(v, a6);
            a7 = FloatVector.fromArray(S, w, w0 + 7 * wStride + k).fma(v, a7);
            a8 = FloatVector.fromArray(S, w, w0 + 8 * wStride + k).fma(v, a8);
            a9 = FloatVector.fromArray(S, w, w0 + 9 * wStride + k).fma(v, a9);
            aa = FloatVector.fromArray(S, w, w0 + 10 * wStride + k).fma(v, aa);
            ab = FloatVector.fromArray(S, w, w0 + 11 * wStride + k).fma(v, ab);
            ac = FloatVector.fromArray(S, w, w0 + 12 * wStride + k).fma(v, ac);
            ad = FloatVector.fromArray(S, w, w0 + 13 * wStride + k).fma(v, ad);
            ae = FloatVector.fromArray(S, w, w0 + 14 * wStride + k).fma(v, ae);
            af = FloatVector.fromArray(S, w, w0 + 15 * wStride + k).fma(v, af);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + 16);
        a2.intoArray(s, at + 32);
        a3.intoArray(s, at + 48);
        a4.intoArray(s, at + 64);
        a5.intoArray(s, at + 80);
        a6.intoArray(s, at + 96);
        a7.intoArray(s, at + 112);
        a8.intoArray(s, at + 128);
        a9.intoArray(s, at + 144);
        aa.intoArray(s, at + 160);
        ab.intoArray(s, at + 176);
        ac.intoArray(s, at + 192);
        ad.intoArray(s, at + 208);
        ae.intoArray(s, at + 224);
        af.intoArray(s, at + 240);
    }
}
