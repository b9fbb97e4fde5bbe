package dev.nextstep.checkpoint;

import dev.nextstep.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;

/** Decodes single elements of every type exactly: a plain oracle for tests. */
final class Elements {
    private Elements() {}

    /** The bytes of an element as an unsigned little-endian number. */
    static long bits(Tensor tensor, long index) {
        int bytes = tensor.type().bytes();
        long bits = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            bits = bits << 8 | (tensor.data().get(ValueLayout.JAVA_BYTE, index * bytes + i) & 0xff);
        }
        return bits;
    }

    /** Double for floats, BigInteger for integers, Boolean for BOOL. */
    static Object exact(Tensor tensor, long index) {
        long bits = bits(tensor, index);
        return switch (tensor.type()) {
            case BOOL -> bits != 0;
            case U8, U16, U32 -> BigInteger.valueOf(bits);
            case U64 -> new BigInteger(Long.toUnsignedString(bits));
            case I8 -> BigInteger.valueOf((byte) bits);
            case I16 -> BigInteger.valueOf((short) bits);
            case I32 -> BigInteger.valueOf(bits << 32 >> 32);
            case I64 -> BigInteger.valueOf(bits);
            case F16 -> (double) Float.float16ToFloat((short) bits);
            case BF16 -> (double) Float.intBitsToFloat((int) bits << 16);
            case F32 -> (double) Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
            // The finite-only variant: no infinities, and all ones is NaN.
            case F8_E4M3 -> (bits & 0x7f) == 0x7f ? Double.NaN : small(bits, 3, 7);
            case F8_E5M2 -> (double) Float.float16ToFloat((short) (bits << 8));
            case Q8_0, Q4_0, Q4_K -> throw new IllegalArgumentException("no element of its own: " + tensor);
        };
    }

    private static double small(long bits, int mantissaBits, int bias) {
        long exponent = (bits & 0x7f) >> mantissaBits;
        double fraction = (bits & ((1 << mantissaBits) - 1)) / (double) (1 << mantissaBits);
        double size = exponent == 0 ? Math.scalb(fraction, 1 - bias) : Math.scalb(1 + fraction, (int) exponent - bias);
        return bits >> 7 == 0 ? size : -size;
    }
}
