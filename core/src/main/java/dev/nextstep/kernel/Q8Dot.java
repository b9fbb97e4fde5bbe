package dev.nextstep.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products with {@link dev.nextstep.tensor.DataType#Q8_0}: a scale and 32 signed bytes a block.
 *
 * <p>All is written out: a method that returns a vector may have been compiled by itself before it is needed here, and then
 * the JIT compiler calls it and puts every vector on the heap, ten times slower.
 */
final class Q8Dot {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final VectorSpecies<Byte> BYTES = Blocks.VECTORS
            ? VectorSpecies.of(byte.class, VectorShape.forBitSize(8 * Lanes.LENGTH))
            : ByteVector.SPECIES_64;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final float[] HALF = HalfTable.VALUES;

    // Of the last sixteen elements one lane group is read. Without the checks before the loops, which say that indices
    // are not
    // negative, the compiler leaves one in them for each access: a fifth of the time.
    private static final int LAST = Lanes.LOGICAL - Lanes.LENGTH;

    private Q8Dot() {}

    /** As {@link BlockDot#add}, for one lane group: weights and activations begin at it. */
    static void add(
            byte[] w,
            int w0,
            int w1,
            int w2,
            int w3,
            int lane,
            float[] x,
            int x0,
            int xStride,
            int blocks,
            int rows,
            float[] s,
            int at,
            int rowStride) {
        switch (rows) {
            case 1 -> rows1(w, w0, w1, w2, w3, lane, x, x0, blocks, s, at);
            case 2 -> rows2(w, w0, w1, w2, w3, lane, x, x0, xStride, blocks, s, at, rowStride);
            default -> rows4(w, w0, w1, w2, w3, lane, x, x0, xStride, blocks, s, at, rowStride);
        }
    }

    private static void rows1(
            byte[] w, int w0, int w1, int w2, int w3, int lane, float[] x, int x0, int blocks, float[] s, int at) {
        Objects.checkFromIndexSize(x0, 32 * blocks - LAST, x.length);
        Objects.checkFromIndexSize(at, 64 - LAST, s.length);
        var a0 = FloatVector.fromArray(S, s, at);
        var a1 = FloatVector.fromArray(S, s, at + 16);
        var a2 = FloatVector.fromArray(S, s, at + 32);
        var a3 = FloatVector.fromArray(S, s, at + 48);
        for (int b = 0; b < blocks; b++, w0 += 34, w1 += 34, w2 += 34, w3 += 34, x0 += 32) {
            var u = FloatVector.fromArray(S, x, x0);
            float e0 = HALF[(short) SHORT.get(w, w0 - lane) & 0xffff];
            var p = ((FloatVector) ByteVector.fromArray(BYTES, w, w0 + 2).convertShape(VectorOperators.B2F, S, 0))
                    .mul(e0);
            a0 = p.fma(u, a0);
            float e1 = HALF[(short) SHORT.get(w, w1 - lane) & 0xffff];
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w1 + 2).convertShape(VectorOperators.B2F, S, 0)).mul(e1);
            a1 = p.fma(u, a1);
            float e2 = HALF[(short) SHORT.get(w, w2 - lane) & 0xffff];
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w2 + 2).convertShape(VectorOperators.B2F, S, 0)).mul(e2);
            a2 = p.fma(u, a2);
            float e3 = HALF[(short) SHORT.get(w, w3 - lane) & 0xffff];
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w3 + 2).convertShape(VectorOperators.B2F, S, 0)).mul(e3);
            a3 = p.fma(u, a3);
            u = FloatVector.fromArray(S, x, x0 + 16);
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w0 + 18).convertShape(VectorOperators.B2F, S, 0)).mul(e0);
            a0 = p.fma(u, a0);
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w1 + 18).convertShape(VectorOperators.B2F, S, 0)).mul(e1);
            a1 = p.fma(u, a1);
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w2 + 18).convertShape(VectorOperators.B2F, S, 0)).mul(e2);
            a2 = p.fma(u, a2);
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w3 + 18).convertShape(VectorOperators.B2F, S, 0)).mul(e3);
            a3 = p.fma(u, a3);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + 16);
        a2.intoArray(s, at + 32);
        a3.intoArray(s, at + 48);
    }

    private static void rows2(
            byte[] w,
            int w0,
            int w1,
            int w2,
            int w3,
            int lane,
            float[] x,
            int x0,
            int xStride,
            int blocks,
            float[] s,
            int at,
            int rowStride) {
        Objects.checkFromIndexSize(x0, xStride + 32 * blocks - LAST, x.length);
        Objects.checkFromIndexSize(at, rowStride + 64 - LAST, s.length);
        var a0 = FloatVector.fromArray(S, s, at);
        var a1 = FloatVector.fromArray(S, s, at + 16);
        var a2 = FloatVector.fromArray(S, s, at + 32);
        var a3 = FloatVector.fromArray(S, s, at + 48);
        var b0 = FloatVector.fromArray(S, s, at + rowStride);
        var b1 = FloatVector.fromArray(S, s, at + rowStride + 16);
        var b2 = FloatVector.fromArray(S, s, at + rowStride + 32);
        var b3 = FloatVector.fromArray(S, s, at + rowStride + 48);
        for (int b = 0; b < blocks; b++, w0 += 34, w1 += 34, w2 += 34, w3 += 34, x0 += 32) {
            var u = FloatVector.fromArray(S, x, x0);
            var v = FloatVector.fromArray(S, x, x0 + xStride);
            float e0 = HALF[(short) SHORT.get(w, w0 - lane) & 0xffff];
            var p = ((FloatVector) ByteVector.fromArray(BYTES, w, w0 + 2).convertShape(VectorOperators.B2F, S, 0))
                    .mul(e0);
            a0 = p.fma(u, a0);
            b0 = p.fma(v, b0);
            float e1 = HALF[(short) SHORT.get(w, w1 - lane) & 0xffff];
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w1 + 2).convertShape(VectorOperators.B2F, S, 0)).mul(e1);
            a1 = p.fma(u, a1);
            b1 = p.fma(v, b1);
            float e2 = HALF[(short) SHORT.get(w, w2 - lane) & 0xffff];
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w2 + 2).convertShape(VectorOperators.B2F, S, 0)).mul(e2);
            a2 = p.fma(u, a2);
            b2 = p.fma(v, b2);
            float e3 = HALF[(short) SHORT.get(w, w3 - lane) & 0xffff];
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w3 + 2).convertShape(VectorOperators.B2F, S, 0)).mul(e3);
            a3 = p.fma(u, a3);
            b3 = p.fma(v, b3);
            u = FloatVector.fromArray(S, x, x0 + 16);
            v = FloatVector.fromArray(S, x, x0 + xStride + 16);
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w0 + 18).convertShape(VectorOperators.B2F, S, 0)).mul(e0);
            a0 = p.fma(u, a0);
            b0 = p.fma(v, b0);
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w1 + 18).convertShape(VectorOperators.B2F, S, 0)).mul(e1);
            a1 = p.fma(u, a1);
            b1 = p.fma(v, b1);
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w2 + 18).convertShape(VectorOperators.B2F, S, 0)).mul(e2);
            a2 = p.fma(u, a2);
            b2 = p.fma(v, b2);
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w3 + 18).convertShape(VectorOperators.B2F, S, 0)).mul(e3);
            a3 = p.fma(u, a3);
            b3 = p.fma(v, b3);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + 16);
        a2.intoArray(s, at + 32);
        a3.intoArray(s, at + 48);
        b0.intoArray(s, at + rowStride);
        b1.intoArray(s, at + rowStride + 16);
        b2.intoArray(s, at + rowStride + 32);
        b3.intoArray(s, at + rowStride + 48);
    }

    private static void rows4(
            byte[] w,
            int w0,
            int w1,
            int w2,
            int w3,
            int lane,
            float[] x,
            int x0,
            int xStride,
            int blocks,
            float[] s,
            int at,
            int rowStride) {
        Objects.checkFromIndexSize(x0, 3 * xStride + 32 * blocks - LAST, x.length);
        Objects.checkFromIndexSize(at, 3 * rowStride + 64 - LAST, s.length);
        var a0 = FloatVector.fromArray(S, s, at);
        var a1 = FloatVector.fromArray(S, s, at + 16);
        var a2 = FloatVector.fromArray(S, s, at + 32);
        var a3 = FloatVector.fromArray(S, s, at + 48);
        var b0 = FloatVector.fromArray(S, s, at + rowStride);
        var b1 = FloatVector.fromArray(S, s, at + rowStride + 16);
        var b2 = FloatVector.fromArray(S, s, at + rowStride + 32);
        var b3 = FloatVector.fromArray(S, s, at + rowStride + 48);
        var c0 = FloatVector.fromArray(S, s, at + 2 * rowStride);
        var c1 = FloatVector.fromArray(S, s, at + 2 * rowStride + 16);
        var c2 = FloatVector.fromArray(S, s, at + 2 * rowStride + 32);
        var c3 = FloatVector.fromArray(S, s, at + 2 * rowStride + 48);
        var d0 = FloatVector.fromArray(S, s, at + 3 * rowStride);
        var d1 = FloatVector.fromArray(S, s, at + 3 * rowStride + 16);
        var d2 = FloatVector.fromArray(S, s, at + 3 * rowStride + 32);
        var d3 = FloatVector.fromArray(S, s, at + 3 * rowStride + 48);
        for (int b = 0; b < blocks; b++, w0 += 34, w1 += 34, w2 += 34, w3 += 34, x0 += 32) {
            var u = FloatVector.fromArray(S, x, x0);
            var v = FloatVector.fromArray(S, x, x0 + xStride);
            var y = FloatVector.fromArray(S, x, x0 + 2 * xStride);
            var z = FloatVector.fromArray(S, x, x0 + 3 * xStride);
            float e0 = HALF[(short) SHORT.get(w, w0 - lane) & 0xffff];
            var p = ((FloatVector) ByteVector.fromArray(BYTES, w, w0 + 2).convertShape(VectorOperators.B2F, S, 0))
                    .mul(e0);
            a0 = p.fma(u, a0);
            b0 = p.fma(v, b0);
            c0 = p.fma(y, c0);
            d0 = p.fma(z, d0);
            float e1 = HALF[(short) SHORT.get(w, w1 - lane) & 0xffff];
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w1 + 2).convertShape(VectorOperators.B2F, S, 0)).mul(e1);
            a1 = p.fma(u, a1);
            b1 = p.fma(v, b1);
            c1 = p.fma(y, c1);
            d1 = p.fma(z, d1);
            float e2 = HALF[(short) SHORT.get(w, w2 - lane) & 0xffff];
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w2 + 2).convertShape(VectorOperators.B2F, S, 0)).mul(e2);
            a2 = p.fma(u, a2);
            b2 = p.fma(v, b2);
            c2 = p.fma(y, c2);
            d2 = p.fma(z, d2);
            float e3 = HALF[(short) SHORT.get(w, w3 - lane) & 0xffff];
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w3 + 2).convertShape(VectorOperators.B2F, S, 0)).mul(e3);
            a3 = p.fma(u, a3);
            b3 = p.fma(v, b3);
            c3 = p.fma(y, c3);
            d3 = p.fma(z, d3);
            u = FloatVector.fromArray(S, x, x0 + 16);
            v = FloatVector.fromArray(S, x, x0 + xStride + 16);
            y = FloatVector.fromArray(S, x, x0 + 2 * xStride + 16);
            z = FloatVector.fromArray(S, x, x0 + 3 * xStride + 16);
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w0 + 18).convertShape(VectorOperators.B2F, S, 0)).mul(e0);
            a0 = p.fma(u, a0);
            b0 = p.fma(v, b0);
            c0 = p.fma(y, c0);
            d0 = p.fma(z, d0);
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w1 + 18).convertShape(VectorOperators.B2F, S, 0)).mul(e1);
            a1 = p.fma(u, a1);
            b1 = p.fma(v, b1);
            c1 = p.fma(y, c1);
            d1 = p.fma(z, d1);
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w2 + 18).convertShape(VectorOperators.B2F, S, 0)).mul(e2);
            a2 = p.fma(u, a2);
            b2 = p.fma(v, b2);
            c2 = p.fma(y, c2);
            d2 = p.fma(z, d2);
            p = ((FloatVector) ByteVector.fromArray(BYTES, w, w3 + 18).convertShape(VectorOperators.B2F, S, 0)).mul(e3);
            a3 = p.fma(u, a3);
            b3 = p.fma(v, b3);
            c3 = p.fma(y, c3);
            d3 = p.fma(z, d3);
        }
        a0.intoArray(s, at);
        a1.intoArray(s, at + 16);
        a2.intoArray(s, at + 32);
        a3.intoArray(s, at + 48);
        b0.intoArray(s, at + rowStride);
        b1.intoArray(s, at + rowStride + 16);
        b2.intoArray(s, at + rowStride + 32);
        b3.intoArray(s, at + rowStride + 48);
        c0.intoArray(s, at + 2 * rowStride);
        c1.intoArray(s, at + 2 * rowStride + 16);
        c2.intoArray(s, at + 2 * rowStride + 32);
        c3.intoArray(s, at + 2 * rowStride + 48);
        d0.intoArray(s, at + 3 * rowStride);
        d1.intoArray(s, at + 3 * rowStride + 16);
        d2.intoArray(s, at + 3 * rowStride + 32);
        d3.intoArray(s, at + 3 * rowStride + 48);
    }
}
