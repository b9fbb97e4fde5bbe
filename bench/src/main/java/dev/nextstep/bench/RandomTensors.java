package dev.nextstep.bench;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Numbers between −1 and 1 of a fixed seed: what is multiplied does not matter to the time, unless it is subnormal. */
final class RandomTensors {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private RandomTensors() {}

    static float[] floats(int n) {
        var random = new SplittableRandom(n);
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** A tensor outside the heap, as mapped weights are. */
    static Tensor tensor(DataType type, long... shape) {
        long elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        var data = Arena.ofAuto().allocate(type.bytes(elements), 64);
        var random = new SplittableRandom(elements);
        if (type.isBlocks()) {
            fillBlocks(type, data, random);
        } else {
            fill(type, data, elements, random);
        }
        return new Tensor("random", type, Arrays.stream(shape).boxed().toList(), data);
    }

    private static void fillBlocks(DataType type, MemorySegment data, SplittableRandom random) {
        var block = new byte[type.blockBytes()];
        short scale = Float.floatToFloat16(0.01f);
        for (long at = 0; at < data.byteSize(); at += block.length) {
            random.nextBytes(block);
            MemorySegment.copy(block, 0, data, ValueLayout.JAVA_BYTE, at, block.length);
            data.set(SHORT, at, scale);
            if (type == DataType.Q4_K) {
                data.set(SHORT, at + 2, scale);
            }
        }
    }

    private static void fill(DataType type, MemorySegment data, long elements, SplittableRandom random) {
        for (long i = 0; i < elements; i++) {
            float value = (float) random.nextDouble(-1, 1);
            switch (type) {
                case F32 -> data.setAtIndex(FLOAT, i, value);
                case F16 -> data.setAtIndex(SHORT, i, Float.floatToFloat16(value));
                case BF16 -> data.setAtIndex(SHORT, i, (short) (Float.floatToRawIntBits(value) >>> 16));
                default -> throw new IllegalArgumentException("no weights of type " + type);
            }
        }
    }
}
