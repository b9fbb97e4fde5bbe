package dev.nextstep.cli.bench;

import dev.nextstep.kernel.Linear;
import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Matrices of random weights, outside the heap as mapped weights are. What is multiplied does not matter to the time. */
final class RandomMatrices {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Blocks that are really random; the rest repeats them. */
    private static final long DISTINCT = 1 << 16;

    private RandomMatrices() {}

    /**
     * As many matrices [outputs, inputs] as it takes to have at least {@code bytes} of them.
     *
     * @param arena shared by the threads that multiply
     */
    static List<Linear> of(Arena arena, DataType type, int outputs, int inputs, long bytes) {
        long each = type.bytes((long) outputs * inputs);
        int count = Math.toIntExact(Math.max(1, Math.ceilDiv(bytes, each)));
        var data = arena.allocate(each * count, 64);
        fill(type, data);
        return IntStream.range(0, count)
                .mapToObj(i -> Linear.of(new Tensor(
                        "random", type, List.of((long) outputs, (long) inputs), data.asSlice(i * each, each))))
                .toList();
    }

    private static void fill(DataType type, MemorySegment data) {
        var random = new SplittableRandom(1);
        long blocks = Math.min(DISTINCT, data.byteSize() / type.blockBytes());
        var block = new byte[type.blockBytes()];
        short scale = Float.floatToFloat16(0.01f);
        for (long i = 0; i < blocks; i++) {
            long at = i * block.length;
            float value = (float) random.nextDouble(-1, 1);
            switch (type) {
                case F32 -> data.set(FLOAT, at, value);
                case F16 -> data.set(SHORT, at, Float.floatToFloat16(value));
                case BF16 -> data.set(SHORT, at, (short) (Float.floatToRawIntBits(value) >>> 16));
                default -> {
                    random.nextBytes(block);
                    MemorySegment.copy(block, 0, data, ValueLayout.JAVA_BYTE, at, block.length);
                    data.set(SHORT, at, scale);
                    if (type == DataType.Q4_K) {
                        data.set(SHORT, at + 2, scale);
                    }
                }
            }
        }
        long filled = blocks * block.length;
        while (filled < data.byteSize()) { // twice as much each time
            long n = Math.min(filled, data.byteSize() - filled);
            MemorySegment.copy(data, 0, data, filled, n);
            filled += n;
        }
    }

    /** Normal-sized inputs. */
    static float[] inputs(int n) {
        var random = new SplittableRandom(2);
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
