package dev.nextstep.kernel;

/** Rounding of fp32 values to the nearest bf16 value, ties to even. */
public final class Bf16 {
    private Bf16() {}

    /** The nearest bf16 value, as fp32. */
    public static float round(float x) {
        int bits = Float.floatToIntBits(x); // canonical NaN, so that the carry cannot turn one into an infinity
        return Float.intBitsToFloat((bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000);
    }

    /** Rounds {@code values[offset … offset + length)} in place. */
    public static void round(float[] values, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            values[i] = round(values[i]);
        }
    }

    /** Rounds all values in place. */
    public static void round(float[] values) {
        round(values, 0, values.length);
    }
}
