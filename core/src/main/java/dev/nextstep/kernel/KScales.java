package dev.nextstep.kernel;

import dev.nextstep.tensor.DataType;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Scales and negative offsets of the groups of {@link DataType#Q4_K} blocks, multiplied out: one float each per 32
 * elements, so that the inner loops only have to broadcast them.
 *
 * <p>The nibbles of odd groups are the upper halves of bytes. They are multiplied where they are, so the scales of odd
 * groups are divided by 16 (exactly).
 */
final class KScales {
    // Eight scales at once wherever there are vectors for that.
    private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
    private static final int BYTES = DataType.Q4_K.blockBytes();

    private static final FloatVector PARITY =
            FloatVector.fromArray(EIGHT, new float[] {1, 1 / 16f, 1, 1 / 16f, 1, 1 / 16f, 1, 1 / 16f}, 0);

    float[] scales = new float[0];
    float[] offsets = new float[0];
    private byte[] six = new byte[0];

    /**
     * Expands the scales of some blocks.
     *
     * @param from byte of the first block
     * @param count blocks
     * @param at index of the first result; eight for each block follow
     */
    void expand(byte[] blocks, int from, int count, int at) {
        ensure(at + count * Blocks.K_GROUPS);
        unpack(blocks, from, count, six);
        if (Blocks.VECTORS) {
            multiply(blocks, from, count, six, at);
        } else {
            multiplyPlain(blocks, from, count, at);
        }
    }

    private void ensure(int size) {
        if (scales.length < size) {
            scales = Arrays.copyOf(scales, size);
            offsets = Arrays.copyOf(offsets, size);
        }
        if (six.length < 2 * size) {
            six = new byte[2 * size];
        }
    }

    // Bytes 0 to 7 of each 16: scales; 8 to 15: offsets. Four at a time in the bytes of an int.
    private static void unpack(byte[] blocks, int from, int count, byte[] six) {
        for (int b = 0; b < count; b++) {
            int at = from + b * BYTES + 4;
            int low = Blocks.word(blocks, at);
            int middle = Blocks.word(blocks, at + 4);
            int high = Blocks.word(blocks, at + 8);
            Blocks.word(six, 16 * b, low & 0x3f3f3f3f);
            Blocks.word(six, 16 * b + 4, (high & 0x0f0f0f0f) | (((low >>> 6) & 0x03030303) << 4));
            Blocks.word(six, 16 * b + 8, middle & 0x3f3f3f3f);
            Blocks.word(six, 16 * b + 12, ((high >>> 4) & 0x0f0f0f0f) | (((middle >>> 6) & 0x03030303) << 4));
        }
    }

    private void multiply(byte[] blocks, int from, int count, byte[] values, int at) {
        for (int b = 0; b < count; b++) {
            int block = from + b * BYTES;
            int to = at + b * Blocks.K_GROUPS;
            floats(values, 16 * b).mul(PARITY).mul(Blocks.half(blocks, block)).intoArray(scales, to);
            floats(values, 16 * b + 8).mul(-Blocks.half(blocks, block + 2)).intoArray(offsets, to);
        }
    }

    private static FloatVector floats(byte[] values, int at) {
        return (FloatVector)
                ByteVector.fromArray(ByteVector.SPECIES_64, values, at).convertShape(VectorOperators.B2F, EIGHT, 0);
    }

    private void multiplyPlain(byte[] blocks, int from, int count, int at) {
        for (int b = 0; b < count; b++) {
            float d = Blocks.half(blocks, from + b * BYTES);
            float m = -Blocks.half(blocks, from + b * BYTES + 2);
            for (int g = 0; g < Blocks.K_GROUPS; g++) {
                scales[at + b * Blocks.K_GROUPS + g] = d * six[16 * b + g] / (g % 2 == 0 ? 1 : 16);
                offsets[at + b * Blocks.K_GROUPS + g] = m * six[16 * b + 8 + g];
            }
        }
    }
}
