package dev.nextstep.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * All fp16 values as fp32. In a loop whose vector units are busy a look-up costs nothing, since the scale of a block goes
 * from memory to all lanes by one load; converting it takes three vector instructions for each 32 weights.
 */
final class HalfTable {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /** The value of each of the 65,536 bit patterns. */
    static final float[] VALUES = values();

    private HalfTable() {}

    private static float[] values() {
        var values = new float[1 << 16];
        for (int bits = 0; bits < values.length; bits++) {
            values[bits] = Float.float16ToFloat((short) bits);
        }
        return values;
    }

    /** The fp16 at a byte. */
    static float at(byte[] w, int at) {
        return VALUES[(short) SHORT.get(w, at) & 0xffff];
    }
}
