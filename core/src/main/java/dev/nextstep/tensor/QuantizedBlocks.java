package dev.nextstep.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What the bytes of llama.cpp's block formats mean, one element at a time: the definition that the fast readers must
 * equal bit by bit.
 *
 * <ul>
 *   <li>{@link DataType#Q8_0}: scale d (fp16), then 32 signed bytes q; an element is d·q.
 *   <li>{@link DataType#Q4_0}: scale d (fp16), then 16 bytes; byte i holds elements i (low nibble) and i + 16 (high
 *       nibble); an element is d·(nibble − 8).
 *   <li>{@link DataType#Q4_K}: d and m (fp16), 12 bytes of 6-bit scales and offsets of eight groups of 32 elements, then
 *       128 bytes; of each 32 bytes the low nibbles are one group and the high nibbles the next. An element of group g is
 *       (d·scale[g])·nibble − m·offset[g].
 * </ul>
 *
 * <p>The products with fp16 scales are exact in fp32, so an element of the first two is exact and one of the third is
 * rounded once.
 */
public final class QuantizedBlocks {
    /** Elements of a group in {@link DataType#Q4_K} that share a 6-bit scale. */
    public static final int GROUP = 32;

    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int K_SCALES = 4;
    private static final int K_NIBBLES = 16;

    private QuantizedBlocks() {}

    /** Element {@code index} of blocks of that type. */
    static float get(DataType type, MemorySegment data, long index) {
        long block = index / type.blockElements() * type.blockBytes();
        int i = (int) (index % type.blockElements());
        return switch (type) {
            case Q8_0 -> half(data, block) * data.get(ValueLayout.JAVA_BYTE, block + 2 + i);
            case Q4_0 -> half(data, block) * (nibble(unsigned(data, block + 2 + i % 16), i / 16) - 8);
            case Q4_K -> {
                int group = i / GROUP;
                int nibble =
                        nibble(unsigned(data, block + K_NIBBLES + group / 2 * (long) GROUP + i % GROUP), group % 2);
                float scale = half(data, block) * scale(data, block + K_SCALES, group);
                float offset = half(data, block + 2) * offset(data, block + K_SCALES, group);
                yield scale * nibble - offset;
            }
            default -> throw new IllegalArgumentException("not a block format: " + type);
        };
    }

    // Six bits each: of groups 0 to 3 in the low bits of bytes 0 to 3 (scales) and 4 to 7 (offsets); of groups 4 to 7
    // four
    // bits in a nibble of bytes 8 to 11 and the two high ones in the high bits of bytes 0 to 7.
    private static int scale(MemorySegment data, long at, int group) {
        return group < 4
                ? unsigned(data, at + group) & 63
                : (unsigned(data, at + group + 4) & 15) | ((unsigned(data, at + group - 4) >> 6) << 4);
    }

    private static int offset(MemorySegment data, long at, int group) {
        return group < 4
                ? unsigned(data, at + group + 4) & 63
                : (unsigned(data, at + group + 4) >> 4) | ((unsigned(data, at + group) >> 6) << 4);
    }

    private static float half(MemorySegment data, long at) {
        return Float.float16ToFloat(data.get(I16, at));
    }

    private static int unsigned(MemorySegment data, long at) {
        return data.get(ValueLayout.JAVA_BYTE, at) & 255;
    }

    private static int nibble(int value, int which) {
        return (value >> (4 * which)) & 15;
    }
}
