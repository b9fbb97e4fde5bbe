package dev.nextstep.kernel;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;

/** Weights in block formats with every bit pattern but infinite and undefined scales. */
final class RandomBlocks {
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private RandomBlocks() {}

    static Tensor tensor(Random random, DataType type, int rows, int columns) {
        var bytes = new byte[(int) type.bytes((long) rows * columns)];
        random.nextBytes(bytes);
        var data = MemorySegment.ofArray(bytes);
        for (int block = 0; block < bytes.length; block += type.blockBytes()) {
            data.set(HALF, block, scale(random));
            if (type == DataType.Q4_K) {
                data.set(HALF, block + 2, scale(random));
            }
        }
        return new Tensor("blocks", type, List.of((long) rows, (long) columns), data);
    }

    // Usual sizes, signs, and now and then 0, subnormal and large ones.
    private static short scale(Random random) {
        double size = random.nextInt(20) == 0 ? Math.pow(2, random.nextInt(40) - 26) : 0.01;
        return Float.floatToFloat16((float) (random.nextGaussian() * size));
    }
}
