package dev.nextstep.kernel;

/** Rounding to bfloat16: the upper half of an fp32 number, nearest, ties to even. */
public final class Bf16 {
    private Bf16() {}

    /** The nearest bfloat16 value, as a float. NaN stays NaN. */
    public static float round(float value) {
        int bits = Float.floatToRawIntBits(value);
        if ((bits & 0x7f800000) == 0x7f800000) { // infinities stay; a NaN must not round into one
            return value;
        }
        return Float.intBitsToFloat((bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000);
    }

    /** Rounds {@code n} values in place. */
    public static void round(float[] values, int from, int n) {
        for (int i = from; i < from + n; i++) {
            values[i] = round(values[i]);
        }
    }

    /** Rounds all values in place. */
    public static void round(float[] values) {
        round(values, 0, values.length);
    }
}
