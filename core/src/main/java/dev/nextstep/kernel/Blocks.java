package dev.nextstep.kernel;

import dev.nextstep.tensor.DataType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Widens blocks of llama.cpp's formats, copied to an array, to fp32: bit by bit what {@link
 * dev.nextstep.tensor.QuantizedBlocks} defines.
 *
 * <p>With vectors of 256 and 512 bits a vector of bytes becomes a vector of floats in two instructions. There is no vector
 * of 4 bytes, so with 128 bits the loops are plain ones.
 */
final class Blocks {
    /** Whether the vector forms exist: with 256 and 512 bits. */
    static final boolean VECTORS = Lanes.LENGTH >= 8;

    /** Sub-blocks of {@link DataType#Q4_K} with a scale of their own. */
    static final int K_GROUPS = 8;

    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    private static final VectorSpecies<Byte> BYTES =
            VECTORS ? VectorSpecies.of(byte.class, VectorShape.forBitSize(8 * L)) : ByteVector.SPECIES_64;
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, S.vectorShape());
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Blocks() {}

    /** Reads {@code n} elements, a whole number of blocks, that begin at byte {@code from}. */
    static void read(DataType type, byte[] blocks, int from, int n, float[] target, int at, KScales scales) {
        int count = n / type.blockElements();
        switch (type) {
            case Q8_0 -> {
                if (VECTORS) {
                    read8(blocks, from, count, target, at);
                } else {
                    plain8(blocks, from, count, target, at);
                }
            }
            case Q4_0 -> {
                if (VECTORS) {
                    read4(blocks, from, count, target, at);
                } else {
                    plain4(blocks, from, count, target, at);
                }
            }
            default -> {
                scales.expand(blocks, from, count, 0);
                if (VECTORS) {
                    read4k(blocks, from, count, scales, target, at);
                } else {
                    plain4k(blocks, from, count, scales, target, at);
                }
            }
        }
    }

    /** The fp16 at a byte. */
    static float half(byte[] w, int at) {
        return HalfTable.at(w, at);
    }

    /** Four bytes, the first lowest. */
    static int word(byte[] w, int at) {
        return (int) INT.get(w, at);
    }

    /** Writes four bytes, the lowest first. */
    static void word(byte[] w, int at, int value) {
        INT.set(w, at, value);
    }

    /** The next bytes as signed floats. */
    private static FloatVector signed(byte[] w, int at) {
        return (FloatVector) ByteVector.fromArray(BYTES, w, at).convertShape(VectorOperators.B2F, S, 0);
    }

    /** The next bytes as unsigned ints, for {@link #low} and {@link #high}. */
    private static IntVector unsigned(byte[] w, int at) {
        return (IntVector) ByteVector.fromArray(BYTES, w, at).convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
    }

    /** Low nibble · scale + offset. */
    private static FloatVector low(IntVector bytes, FloatVector scale, FloatVector offset) {
        return ((FloatVector) bytes.and(15).convertShape(VectorOperators.I2F, S, 0)).fma(scale, offset);
    }

    /** High nibble · scale + offset. */
    private static FloatVector high(IntVector bytes, FloatVector scale, FloatVector offset) {
        return ((FloatVector) bytes.lanewise(VectorOperators.LSHR, 4).convertShape(VectorOperators.I2F, S, 0))
                .fma(scale, offset);
    }

    /** Where the 32 bytes with the nibbles of group {@code g} begin, counted from the first block. */
    private static int nibbles(int g) {
        return (g >> 3) * 144 + 16 + ((g >> 1) & 3) * 32;
    }

    /** Which bits of those bytes belong to group {@code g}. */
    private static int mask(int g) {
        return (g & 1) == 0 ? 0x0f : 0xf0;
    }

    /** Masked bytes · scale + offset. */
    private static FloatVector masked(IntVector bytes, int mask, FloatVector scale, FloatVector offset) {
        return ((FloatVector) bytes.and(mask).convertShape(VectorOperators.I2F, S, 0)).fma(scale, offset);
    }

    private static void read8(byte[] w, int from, int count, float[] target, int at) {
        for (int b = 0; b < count; b++, from += 34, at += 32) {
            var d = FloatVector.broadcast(S, half(w, from));
            for (int i = 0; i < 32; i += L) {
                signed(w, from + 2 + i).mul(d).intoArray(target, at + i);
            }
        }
    }

    private static void read4(byte[] w, int from, int count, float[] target, int at) {
        for (int b = 0; b < count; b++, from += 18, at += 32) {
            var d = FloatVector.broadcast(S, half(w, from));
            var eight = d.mul(-8f);
            for (int i = 0; i < 16; i += L) {
                var q = unsigned(w, from + 2 + i);
                low(q, d, eight).intoArray(target, at + i);
                high(q, d, eight).intoArray(target, at + 16 + i);
            }
        }
    }

    private static void read4k(byte[] w, int from, int count, KScales k, float[] target, int at) {
        int groups = count * K_GROUPS;
        for (int g = 0; g < groups; g++, at += 32) {
            int q = from + nibbles(g);
            var d = FloatVector.broadcast(S, k.scales[g]);
            var m = FloatVector.broadcast(S, k.offsets[g]);
            for (int i = 0; i < 32; i += L) {
                masked(unsigned(w, q + i), mask(g), d, m).intoArray(target, at + i);
            }
        }
    }

    private static void plain8(byte[] w, int from, int count, float[] target, int at) {
        for (int b = 0; b < count; b++, from += 34, at += 32) {
            float d = half(w, from);
            for (int i = 0; i < 32; i++) {
                target[at + i] = d * w[from + 2 + i];
            }
        }
    }

    private static void plain4(byte[] w, int from, int count, float[] target, int at) {
        for (int b = 0; b < count; b++, from += 18, at += 32) {
            float d = half(w, from);
            for (int i = 0; i < 16; i++) {
                int q = w[from + 2 + i] & 255;
                target[at + i] = d * ((q & 15) - 8);
                target[at + 16 + i] = d * ((q >> 4) - 8);
            }
        }
    }

    private static void plain4k(byte[] w, int from, int count, KScales k, float[] target, int at) {
        int groups = count * K_GROUPS;
        for (int g = 0; g < groups; g++, at += 32) {
            int q = from + nibbles(g);
            for (int i = 0; i < 32; i++) {
                target[at + i] = k.scales[g] * (w[q + i] & mask(g)) + k.offsets[g];
            }
        }
    }
}
