package dev.nextstep.image;

import java.io.ByteArrayOutputStream;

/** Bits, the lowest first. */
final class LsbBits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long buffer;
    private int held;

    /** Appends the lowest bits of a value; at most 32 at once. */
    void put(int value, int bits) {
        buffer |= (value & (1L << bits) - 1) << held;
        held += bits;
        while (held >= 8) {
            out.write((int) buffer);
            buffer >>>= 8;
            held -= 8;
        }
    }

    /** Everything, the last byte filled with zeros. */
    byte[] finish() {
        if (held > 0) {
            out.write((int) buffer);
            buffer = 0;
            held = 0;
        }
        return out.toByteArray();
    }
}
