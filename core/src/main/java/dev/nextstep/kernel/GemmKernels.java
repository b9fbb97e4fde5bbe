package dev.nextstep.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of the fp32 matrix product C += A·B: a few rows of A times one panel of B, with all sums in registers.
 *
 * <p>Lanes run along the columns of B and every sum runs over k in ascending order, one fused multiply-add per step, so
 * the result of an element depends neither on the vector width nor on what is computed beside it. The loops are written
 * out because the JIT compiler keeps sums in registers only as local variables: 24 of them hide the latency of two
 * multipliers and leave room for a column of B and a broadcast of A among 32 registers; 12 fit machines with 16.
 *
 * <p>Where fewer rows are left than a loop has, the last row is computed several times: all copies read and write the
 * same values.
 */
final class GemmKernels {
    /** Vectors of the product. */
    static final VectorSpecies<Float> LANES = Lanes.SPECIES;

    private static final int L = LANES.length();
    // 256-bit vectors mean AVX2 with its 16 registers; AVX-512 and NEON have 32.
    private static final boolean FEW_REGISTERS = LANES.vectorBitSize() == 256;

    private GemmKernels() {}

    /** Columns of a panel for a matrix of that many columns: 1, 2 or 4 vectors, whichever wastes least. */
    static int panelWidth(int columns) {
        int best = L;
        int leastCost = Integer.MAX_VALUE;
        for (int vectors = FEW_REGISTERS ? 2 : 4; vectors >= 1; vectors /= 2) {
            int padded = Math.ceilDiv(columns, vectors * L) * vectors * L;
            int cost = vectors == 1 ? padded * 2 : padded; // a single vector per row is bound by loads
            if (cost < leastCost) {
                leastCost = cost;
                best = vectors * L;
            }
        }
        return best;
    }

    /**
     * C += A·B for rows 0 … rowCount − 1 and one panel.
     *
     * @param a holds the rows of A: row i begins at {@code rows[i] + aOffset}, {@code length} values
     * @param b the panel from {@code bOffset}: {@code length} × {@code width} values
     * @param width {@link #panelWidth}
     * @param c the sums: row i begins at {@code cOffset + i * cStride}, {@code width} values
     */
    static void multiply(
            float[] a,
            int aOffset,
            int[] rows,
            int rowCount,
            float[] b,
            int bOffset,
            int length,
            int width,
            float[] c,
            int cOffset,
            int cStride) {
        int last = rowCount - 1;
        int vectors = width / L;
        if (vectors == 4) {
            for (int i = 0; i <= last; i += 6) {
                multiply6x4(a, aOffset, rows, i, last, b, bOffset, length, c, cOffset, cStride);
            }
        } else if (vectors == 2 && FEW_REGISTERS) {
            for (int i = 0; i <= last; i += 6) {
                multiply6x2(a, aOffset, rows, i, last, b, bOffset, length, c, cOffset, cStride);
            }
        } else if (vectors == 2) {
            for (int i = 0; i <= last; i += 12) {
                multiply12x2(a, aOffset, rows, i, last, b, bOffset, length, c, cOffset, cStride);
            }
        } else {
            for (int i = 0; i <= last; i += 12) {
                multiply12x1(a, aOffset, rows, i, last, b, bOffset, length, c, cOffset, cStride);
            }
        }
    }

    /** 6 rows × 4 vectors. */
    private static void multiply6x4(
            float[] a,
            int aOffset,
            int[] rows,
            int first,
            int last,
            float[] b,
            int bOffset,
            int length,
            float[] c,
            int cOffset,
            int cStride) {
        int r0 = first;
        int r1 = Math.min(first + 1, last);
        int r2 = Math.min(first + 2, last);
        int r3 = Math.min(first + 3, last);
        int r4 = Math.min(first + 4, last);
        int r5 = Math.min(first + 5, last);
        int a0 = rows[r0] + aOffset;
        int a1 = rows[r1] + aOffset;
        int a2 = rows[r2] + aOffset;
        int a3 = rows[r3] + aOffset;
        int a4 = rows[r4] + aOffset;
        int a5 = rows[r5] + aOffset;
        int c0 = cOffset + r0 * cStride;
        int c1 = cOffset + r1 * cStride;
        int c2 = cOffset + r2 * cStride;
        int c3 = cOffset + r3 * cStride;
        int c4 = cOffset + r4 * cStride;
        int c5 = cOffset + r5 * cStride;
        var s0a = FloatVector.fromArray(LANES, c, c0);
        var s0b = FloatVector.fromArray(LANES, c, c0 + L);
        var s0c = FloatVector.fromArray(LANES, c, c0 + 2 * L);
        var s0d = FloatVector.fromArray(LANES, c, c0 + 3 * L);
        var s1a = FloatVector.fromArray(LANES, c, c1);
        var s1b = FloatVector.fromArray(LANES, c, c1 + L);
        var s1c = FloatVector.fromArray(LANES, c, c1 + 2 * L);
        var s1d = FloatVector.fromArray(LANES, c, c1 + 3 * L);
        var s2a = FloatVector.fromArray(LANES, c, c2);
        var s2b = FloatVector.fromArray(LANES, c, c2 + L);
        var s2c = FloatVector.fromArray(LANES, c, c2 + 2 * L);
        var s2d = FloatVector.fromArray(LANES, c, c2 + 3 * L);
        var s3a = FloatVector.fromArray(LANES, c, c3);
        var s3b = FloatVector.fromArray(LANES, c, c3 + L);
        var s3c = FloatVector.fromArray(LANES, c, c3 + 2 * L);
        var s3d = FloatVector.fromArray(LANES, c, c3 + 3 * L);
        var s4a = FloatVector.fromArray(LANES, c, c4);
        var s4b = FloatVector.fromArray(LANES, c, c4 + L);
        var s4c = FloatVector.fromArray(LANES, c, c4 + 2 * L);
        var s4d = FloatVector.fromArray(LANES, c, c4 + 3 * L);
        var s5a = FloatVector.fromArray(LANES, c, c5);
        var s5b = FloatVector.fromArray(LANES, c, c5 + L);
        var s5c = FloatVector.fromArray(LANES, c, c5 + 2 * L);
        var s5d = FloatVector.fromArray(LANES, c, c5 + 3 * L);
        for (int k = 0; k < length; k++) {
            var ba = FloatVector.fromArray(LANES, b, bOffset + k * (4 * L));
            var bb = FloatVector.fromArray(LANES, b, bOffset + k * (4 * L) + L);
            var bc = FloatVector.fromArray(LANES, b, bOffset + k * (4 * L) + 2 * L);
            var bd = FloatVector.fromArray(LANES, b, bOffset + k * (4 * L) + 3 * L);
            var x0 = FloatVector.broadcast(LANES, a[a0 + k]);
            s0a = x0.fma(ba, s0a);
            s0b = x0.fma(bb, s0b);
            s0c = x0.fma(bc, s0c);
            s0d = x0.fma(bd, s0d);
            var x1 = FloatVector.broadcast(LANES, a[a1 + k]);
            s1a = x1.fma(ba, s1a);
            s1b = x1.fma(bb, s1b);
            s1c = x1.fma(bc, s1c);
            s1d = x1.fma(bd, s1d);
            var x2 = FloatVector.broadcast(LANES, a[a2 + k]);
            s2a = x2.fma(ba, s2a);
            s2b = x2.fma(bb, s2b);
            s2c = x2.fma(bc, s2c);
            s2d = x2.fma(bd, s2d);
            var x3 = FloatVector.broadcast(LANES, a[a3 + k]);
            s3a = x3.fma(ba, s3a);
            s3b = x3.fma(bb, s3b);
            s3c = x3.fma(bc, s3c);
            s3d = x3.fma(bd, s3d);
            var x4 = FloatVector.broadcast(LANES, a[a4 + k]);
            s4a = x4.fma(ba, s4a);
            s4b = x4.fma(bb, s4b);
            s4c = x4.fma(bc, s4c);
            s4d = x4.fma(bd, s4d);
            var x5 = FloatVector.broadcast(LANES, a[a5 + k]);
            s5a = x5.fma(ba, s5a);
            s5b = x5.fma(bb, s5b);
            s5c = x5.fma(bc, s5c);
            s5d = x5.fma(bd, s5d);
        }
        s0a.intoArray(c, c0);
        s0b.intoArray(c, c0 + L);
        s0c.intoArray(c, c0 + 2 * L);
        s0d.intoArray(c, c0 + 3 * L);
        s1a.intoArray(c, c1);
        s1b.intoArray(c, c1 + L);
        s1c.intoArray(c, c1 + 2 * L);
        s1d.intoArray(c, c1 + 3 * L);
        s2a.intoArray(c, c2);
        s2b.intoArray(c, c2 + L);
        s2c.intoArray(c, c2 + 2 * L);
        s2d.intoArray(c, c2 + 3 * L);
        s3a.intoArray(c, c3);
        s3b.intoArray(c, c3 + L);
        s3c.intoArray(c, c3 + 2 * L);
        s3d.intoArray(c, c3 + 3 * L);
        s4a.intoArray(c, c4);
        s4b.intoArray(c, c4 + L);
        s4c.intoArray(c, c4 + 2 * L);
        s4d.intoArray(c, c4 + 3 * L);
        s5a.intoArray(c, c5);
        s5b.intoArray(c, c5 + L);
        s5c.intoArray(c, c5 + 2 * L);
        s5d.intoArray(c, c5 + 3 * L);
    }

    /** 12 rows × 2 vectors. */
    private static void multiply12x2(
            float[] a,
            int aOffset,
            int[] rows,
            int first,
            int last,
            float[] b,
            int bOffset,
            int length,
            float[] c,
            int cOffset,
            int cStride) {
        int r0 = first;
        int r1 = Math.min(first + 1, last);
        int r2 = Math.min(first + 2, last);
        int r3 = Math.min(first + 3, last);
        int r4 = Math.min(first + 4, last);
        int r5 = Math.min(first + 5, last);
        int r6 = Math.min(first + 6, last);
        int r7 = Math.min(first + 7, last);
        int r8 = Math.min(first + 8, last);
        int r9 = Math.min(first + 9, last);
        int r10 = Math.min(first + 10, last);
        int r11 = Math.min(first + 11, last);
        int a0 = rows[r0] + aOffset;
        int a1 = rows[r1] + aOffset;
        int a2 = rows[r2] + aOffset;
        int a3 = rows[r3] + aOffset;
        int a4 = rows[r4] + aOffset;
        int a5 = rows[r5] + aOffset;
        int a6 = rows[r6] + aOffset;
        int a7 = rows[r7] + aOffset;
        int a8 = rows[r8] + aOffset;
        int a9 = rows[r9] + aOffset;
        int a10 = rows[r10] + aOffset;
        int a11 = rows[r11] + aOffset;
        int c0 = cOffset + r0 * cStride;
        int c1 = cOffset + r1 * cStride;
        int c2 = cOffset + r2 * cStride;
        int c3 = cOffset + r3 * cStride;
        int c4 = cOffset + r4 * cStride;
        int c5 = cOffset + r5 * cStride;
        int c6 = cOffset + r6 * cStride;
        int c7 = cOffset + r7 * cStride;
        int c8 = cOffset + r8 * cStride;
        int c9 = cOffset + r9 * cStride;
        int c10 = cOffset + r10 * cStride;
        int c11 = cOffset + r11 * cStride;
        var s0a = FloatVector.fromArray(LANES, c, c0);
        var s0b = FloatVector.fromArray(LANES, c, c0 + L);
        var s1a = FloatVector.fromArray(LANES, c, c1);
        var s1b = FloatVector.fromArray(LANES, c, c1 + L);
        var s2a = FloatVector.fromArray(LANES, c, c2);
        var s2b = FloatVector.fromArray(LANES, c, c2 + L);
        var s3a = FloatVector.fromArray(LANES, c, c3);
        var s3b = FloatVector.fromArray(LANES, c, c3 + L);
        var s4a = FloatVector.fromArray(LANES, c, c4);
        var s4b = FloatVector.fromArray(LANES, c, c4 + L);
        var s5a = FloatVector.fromArray(LANES, c, c5);
        var s5b = FloatVector.fromArray(LANES, c, c5 + L);
        var s6a = FloatVector.fromArray(LANES, c, c6);
        var s6b = FloatVector.fromArray(LANES, c, c6 + L);
        var s7a = FloatVector.fromArray(LANES, c, c7);
        var s7b = FloatVector.fromArray(LANES, c, c7 + L);
        var s8a = FloatVector.fromArray(LANES, c, c8);
        var s8b = FloatVector.fromArray(LANES, c, c8 + L);
        var s9a = FloatVector.fromArray(LANES, c, c9);
        var s9b = FloatVector.fromArray(LANES, c, c9 + L);
        var s10a = FloatVector.fromArray(LANES, c, c10);
        var s10b = FloatVector.fromArray(LANES, c, c10 + L);
        var s11a = FloatVector.fromArray(LANES, c, c11);
        var s11b = FloatVector.fromArray(LANES, c, c11 + L);
        for (int k = 0; k < length; k++) {
            var ba = FloatVector.fromArray(LANES, b, bOffset + k * (2 * L));
            var bb = FloatVector.fromArray(LANES, b, bOffset + k * (2 * L) + L);
            var x0 = FloatVector.broadcast(LANES, a[a0 + k]);
            s0a = x0.fma(ba, s0a);
            s0b = x0.fma(bb, s0b);
            var x1 = FloatVector.broadcast(LANES, a[a1 + k]);
            s1a = x1.fma(ba, s1a);
            s1b = x1.fma(bb, s1b);
            var x2 = FloatVector.broadcast(LANES, a[a2 + k]);
            s2a = x2.fma(ba, s2a);
            s2b = x2.fma(bb, s2b);
            var x3 = FloatVector.broadcast(LANES, a[a3 + k]);
            s3a = x3.fma(ba, s3a);
            s3b = x3.fma(bb, s3b);
            var x4 = FloatVector.broadcast(LANES, a[a4 + k]);
            s4a = x4.fma(ba, s4a);
            s4b = x4.fma(bb, s4b);
            var x5 = FloatVector.broadcast(LANES, a[a5 + k]);
            s5a = x5.fma(ba, s5a);
            s5b = x5.fma(bb, s5b);
            var x6 = FloatVector.broadcast(LANES, a[a6 + k]);
            s6a = x6.fma(ba, s6a);
            s6b = x6.fma(bb, s6b);
            var x7 = FloatVector.broadcast(LANES, a[a7 + k]);
            s7a = x7.fma(ba, s7a);
            s7b = x7.fma(bb, s7b);
            var x8 = FloatVector.broadcast(LANES, a[a8 + k]);
            s8a = x8.fma(ba, s8a);
            s8b = x8.fma(bb, s8b);
            var x9 = FloatVector.broadcast(LANES, a[a9 + k]);
            s9a = x9.fma(ba, s9a);
            s9b = x9.fma(bb, s9b);
            var x10 = FloatVector.broadcast(LANES, a[a10 + k]);
            s10a = x10.fma(ba, s10a);
            s10b = x10.fma(bb, s10b);
            var x11 = FloatVector.broadcast(LANES, a[a11 + k]);
            s11a = x11.fma(ba, s11a);
            s11b = x11.fma(bb, s11b);
        }
        s0a.intoArray(c, c0);
        s0b.intoArray(c, c0 + L);
        s1a.intoArray(c, c1);
        s1b.intoArray(c, c1 + L);
        s2a.intoArray(c, c2);
        s2b.intoArray(c, c2 + L);
        s3a.intoArray(c, c3);
        s3b.intoArray(c, c3 + L);
        s4a.intoArray(c, c4);
        s4b.intoArray(c, c4 + L);
        s5a.intoArray(c, c5);
        s5b.intoArray(c, c5 + L);
        s6a.intoArray(c, c6);
        s6b.intoArray(c, c6 + L);
        s7a.intoArray(c, c7);
        s7b.intoArray(c, c7 + L);
        s8a.intoArray(c, c8);
        s8b.intoArray(c, c8 + L);
        s9a.intoArray(c, c9);
        s9b.intoArray(c, c9 + L);
        s10a.intoArray(c, c10);
        s10b.intoArray(c, c10 + L);
        s11a.intoArray(c, c11);
        s11b.intoArray(c, c11 + L);
    }

    /** 6 rows × 2 vectors. */
    private static void multiply6x2(
            float[] a,
            int aOffset,
            int[] rows,
            int first,
            int last,
            float[] b,
            int bOffset,
            int length,
            float[] c,
            int cOffset,
            int cStride) {
        int r0 = first;
        int r1 = Math.min(first + 1, last);
        int r2 = Math.min(first + 2, last);
        int r3 = Math.min(first + 3, last);
        int r4 = Math.min(first + 4, last);
        int r5 = Math.min(first + 5, last);
        int a0 = rows[r0] + aOffset;
        int a1 = rows[r1] + aOffset;
        int a2 = rows[r2] + aOffset;
        int a3 = rows[r3] + aOffset;
        int a4 = rows[r4] + aOffset;
        int a5 = rows[r5] + aOffset;
        int c0 = cOffset + r0 * cStride;
        int c1 = cOffset + r1 * cStride;
        int c2 = cOffset + r2 * cStride;
        int c3 = cOffset + r3 * cStride;
        int c4 = cOffset + r4 * cStride;
        int c5 = cOffset + r5 * cStride;
        var s0a = FloatVector.fromArray(LANES, c, c0);
        var s0b = FloatVector.fromArray(LANES, c, c0 + L);
        var s1a = FloatVector.fromArray(LANES, c, c1);
        var s1b = FloatVector.fromArray(LANES, c, c1 + L);
        var s2a = FloatVector.fromArray(LANES, c, c2);
        var s2b = FloatVector.fromArray(LANES, c, c2 + L);
        var s3a = FloatVector.fromArray(LANES, c, c3);
        var s3b = FloatVector.fromArray(LANES, c, c3 + L);
        var s4a = FloatVector.fromArray(LANES, c, c4);
        var s4b = FloatVector.fromArray(LANES, c, c4 + L);
        var s5a = FloatVector.fromArray(LANES, c, c5);
        var s5b = FloatVector.fromArray(LANES, c, c5 + L);
        for (int k = 0; k < length; k++) {
            var ba = FloatVector.fromArray(LANES, b, bOffset + k * (2 * L));
            var bb = FloatVector.fromArray(LANES, b, bOffset + k * (2 * L) + L);
            var x0 = FloatVector.broadcast(LANES, a[a0 + k]);
            s0a = x0.fma(ba, s0a);
            s0b = x0.fma(bb, s0b);
            var x1 = FloatVector.broadcast(LANES, a[a1 + k]);
            s1a = x1.fma(ba, s1a);
            s1b = x1.fma(bb, s1b);
            var x2 = FloatVector.broadcast(LANES, a[a2 + k]);
            s2a = x2.fma(ba, s2a);
            s2b = x2.fma(bb, s2b);
            var x3 = FloatVector.broadcast(LANES, a[a3 + k]);
            s3a = x3.fma(ba, s3a);
            s3b = x3.fma(bb, s3b);
            var x4 = FloatVector.broadcast(LANES, a[a4 + k]);
            s4a = x4.fma(ba, s4a);
            s4b = x4.fma(bb, s4b);
            var x5 = FloatVector.broadcast(LANES, a[a5 + k]);
            s5a = x5.fma(ba, s5a);
            s5b = x5.fma(bb, s5b);
        }
        s0a.intoArray(c, c0);
        s0b.intoArray(c, c0 + L);
        s1a.intoArray(c, c1);
        s1b.intoArray(c, c1 + L);
        s2a.intoArray(c, c2);
        s2b.intoArray(c, c2 + L);
        s3a.intoArray(c, c3);
        s3b.intoArray(c, c3 + L);
        s4a.intoArray(c, c4);
        s4b.intoArray(c, c4 + L);
        s5a.intoArray(c, c5);
        s5b.intoArray(c, c5 + L);
    }

    /** 12 rows × 1 vector. */
    private static void multiply12x1(
            float[] a,
            int aOffset,
            int[] rows,
            int first,
            int last,
            float[] b,
            int bOffset,
            int length,
            float[] c,
            int cOffset,
            int cStride) {
        int r0 = first;
        int r1 = Math.min(first + 1, last);
        int r2 = Math.min(first + 2, last);
        int r3 = Math.min(first + 3, last);
        int r4 = Math.min(first + 4, last);
        int r5 = Math.min(first + 5, last);
        int r6 = Math.min(first + 6, last);
        int r7 = Math.min(first + 7, last);
        int r8 = Math.min(first + 8, last);
        int r9 = Math.min(first + 9, last);
        int r10 = Math.min(first + 10, last);
        int r11 = Math.min(first + 11, last);
        int a0 = rows[r0] + aOffset;
        int a1 = rows[r1] + aOffset;
        int a2 = rows[r2] + aOffset;
        int a3 = rows[r3] + aOffset;
        int a4 = rows[r4] + aOffset;
        int a5 = rows[r5] + aOffset;
        int a6 = rows[r6] + aOffset;
        int a7 = rows[r7] + aOffset;
        int a8 = rows[r8] + aOffset;
        int a9 = rows[r9] + aOffset;
        int a10 = rows[r10] + aOffset;
        int a11 = rows[r11] + aOffset;
        int c0 = cOffset + r0 * cStride;
        int c1 = cOffset + r1 * cStride;
        int c2 = cOffset + r2 * cStride;
        int c3 = cOffset + r3 * cStride;
        int c4 = cOffset + r4 * cStride;
        int c5 = cOffset + r5 * cStride;
        int c6 = cOffset + r6 * cStride;
        int c7 = cOffset + r7 * cStride;
        int c8 = cOffset + r8 * cStride;
        int c9 = cOffset + r9 * cStride;
        int c10 = cOffset + r10 * cStride;
        int c11 = cOffset + r11 * cStride;
        var s0a = FloatVector.fromArray(LANES, c, c0);
        var s1a = FloatVector.fromArray(LANES, c, c1);
        var s2a = FloatVector.fromArray(LANES, c, c2);
        var s3a = FloatVector.fromArray(LANES, c, c3);
        var s4a = FloatVector.fromArray(LANES, c, c4);
        var s5a = FloatVector.fromArray(LANES, c, c5);
        var s6a = FloatVector.fromArray(LANES, c, c6);
        var s7a = FloatVector.fromArray(LANES, c, c7);
        var s8a = FloatVector.fromArray(LANES, c, c8);
        var s9a = FloatVector.fromArray(LANES, c, c9);
        var s10a = FloatVector.fromArray(LANES, c, c10);
        var s11a = FloatVector.fromArray(LANES, c, c11);
        for (int k = 0; k < length; k++) {
            var ba = FloatVector.fromArray(LANES, b, bOffset + k * L);
            var x0 = FloatVector.broadcast(LANES, a[a0 + k]);
            s0a = x0.fma(ba, s0a);
            var x1 = FloatVector.broadcast(LANES, a[a1 + k]);
            s1a = x1.fma(ba, s1a);
            var x2 = FloatVector.broadcast(LANES, a[a2 + k]);
            s2a = x2.fma(ba, s2a);
            var x3 = FloatVector.broadcast(LANES, a[a3 + k]);
            s3a = x3.fma(ba, s3a);
            var x4 = FloatVector.broadcast(LANES, a[a4 + k]);
            s4a = x4.fma(ba, s4a);
            var x5 = FloatVector.broadcast(LANES, a[a5 + k]);
            s5a = x5.fma(ba, s5a);
            var x6 = FloatVector.broadcast(LANES, a[a6 + k]);
            s6a = x6.fma(ba, s6a);
            var x7 = FloatVector.broadcast(LANES, a[a7 + k]);
            s7a = x7.fma(ba, s7a);
            var x8 = FloatVector.broadcast(LANES, a[a8 + k]);
            s8a = x8.fma(ba, s8a);
            var x9 = FloatVector.broadcast(LANES, a[a9 + k]);
            s9a = x9.fma(ba, s9a);
            var x10 = FloatVector.broadcast(LANES, a[a10 + k]);
            s10a = x10.fma(ba, s10a);
            var x11 = FloatVector.broadcast(LANES, a[a11 + k]);
            s11a = x11.fma(ba, s11a);
        }
        s0a.intoArray(c, c0);
        s1a.intoArray(c, c1);
        s2a.intoArray(c, c2);
        s3a.intoArray(c, c3);
        s4a.intoArray(c, c4);
        s5a.intoArray(c, c5);
        s6a.intoArray(c, c6);
        s7a.intoArray(c, c7);
        s8a.intoArray(c, c8);
        s9a.intoArray(c, c9);
        s10a.intoArray(c, c10);
        s11a.intoArray(c, c11);
    }
}
