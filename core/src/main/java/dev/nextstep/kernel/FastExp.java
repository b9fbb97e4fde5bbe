package dev.nextstep.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential function in fp32, for activations and softmax: the same bits from vectors of any width, from the
 * scalar twin, from the interpreter and from compiled code. The Vector API's own {@code EXP} promises none of that.
 *
 * <p>x = n·ln 2 + r with |r| ≤ ½·ln 2; e^r is a polynomial of degree 7 (1 + r + r²·q(r), q interpolated at Chebyshev
 * nodes), scaled by 2^n in two steps so that subnormal results come out right. Only fused multiply-add, addition,
 * multiplication and integer operations, each of which IEEE 754 fixes to the last bit. The error is below 1 ulp for
 * normal results. Overflow gives +∞, underflow 0, NaN gives NaN.
 */
public final class FastExp {
    private static final float LOG2_E = 0x1.715476p0f;
    private static final float LN2_HIGH = 0x1.62e430p-1f;
    private static final float LN2_LOW = -0x1.05c610p-29f;
    // Adding and taking away 1.5 · 2^23 rounds to the nearest integer, and leaves that integer in the low bits.
    private static final float ROUNDER = 0x1.8p23f;
    // Beyond these, e^x is +∞ or 0 in fp32; clamping keeps n inside the range of two exponent steps.
    private static final float HIGHEST = 89f;
    private static final float LOWEST = -105f;

    private static final float Q0 = 0x1.000000p-1f;
    private static final float Q1 = 0x1.555556p-3f;
    private static final float Q2 = 0x1.5554eap-5f;
    private static final float Q3 = 0x1.1110e0p-7f;
    private static final float Q4 = 0x1.6d4324p-10f;
    private static final float Q5 = 0x1.a124f2p-13f;

    private FastExp() {}

    /** e^x in every lane. */
    public static FloatVector exp(FloatVector x) {
        var low = x.broadcast(LOWEST);
        var high = x.broadcast(HIGHEST);
        x = x.blend(low, x.compare(VectorOperators.LT, low));
        x = x.blend(high, x.compare(VectorOperators.GT, high));
        var shifted = x.fma(x.broadcast(LOG2_E), x.broadcast(ROUNDER));
        var n = shifted.sub(x.broadcast(ROUNDER));
        var r = n.fma(x.broadcast(-LN2_HIGH), x);
        r = n.fma(x.broadcast(-LN2_LOW), r);
        var q = r.broadcast(Q5);
        q = q.fma(r, r.broadcast(Q4));
        q = q.fma(r, r.broadcast(Q3));
        q = q.fma(r, r.broadcast(Q2));
        q = q.fma(r, r.broadcast(Q1));
        q = q.fma(r, r.broadcast(Q0));
        var power = q.fma(r.mul(r), r).add(r.broadcast(1f));
        IntVector exponent = shifted.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUNDER));
        IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
        return power.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
    }

    private static FloatVector powerOfTwo(IntVector n) {
        return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    /** The scalar twin: the same operations in the same order, so the same bits. */
    public static float exp(float x) {
        if (x < LOWEST) {
            x = LOWEST;
        }
        if (x > HIGHEST) {
            x = HIGHEST;
        }
        float shifted = Math.fma(x, LOG2_E, ROUNDER);
        float n = shifted - ROUNDER;
        float r = Math.fma(n, -LN2_HIGH, x);
        r = Math.fma(n, -LN2_LOW, r);
        float q = Q5;
        q = Math.fma(q, r, Q4);
        q = Math.fma(q, r, Q3);
        q = Math.fma(q, r, Q2);
        q = Math.fma(q, r, Q1);
        q = Math.fma(q, r, Q0);
        float power = Math.fma(q, r * r, r) + 1f;
        int exponent = Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUNDER);
        int half = exponent >> 1;
        return power * powerOfTwo(half) * powerOfTwo(exponent - half);
    }

    private static float powerOfTwo(int n) {
        return Float.intBitsToFloat((n + 127) << 23);
    }
}
