package dev.nextstep.checkpoint;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/** Brings stretches of a tensor into another type, on all processors; a few megabytes are held at a time. */
final class TensorEncoder {
    /** Most elements of a stretch. */
    static final int STRETCH = 1 << 21;

    // What one processor does at a time: large enough to be worth handing over, a multiple of every block.
    private static final int PIECE = 1 << 15;

    private static final ThreadLocal<BlockQuantizer> QUANTIZER = ThreadLocal.withInitial(BlockQuantizer::new);
    private static final ThreadLocal<float[]> FLOATS = ThreadLocal.withInitial(() -> new float[PIECE]);

    private TensorEncoder() {}

    /**
     * Encodes elements {@code from} to {@code from + n − 1}.
     *
     * @param n at most {@link #STRETCH}; whole blocks of a block format
     * @return exactly {@code type.bytes(n)} bytes
     * @throws CheckpointException if a value does not fit the type
     */
    static byte[] encode(Tensor tensor, long from, int n, DataType type) {
        var bytes = new byte[(int) type.bytes(n)];
        if (type == tensor.type()) {
            MemorySegment.copy(tensor.data(), ValueLayout.JAVA_BYTE, type.bytes(from), bytes, 0, bytes.length);
            return bytes;
        }
        IntStream.range(0, Math.ceilDiv(n, PIECE)).parallel().forEach(i -> {
            int first = i * PIECE;
            piece(tensor, from + first, Math.min(PIECE, n - first), type, bytes, (int) type.bytes(first));
        });
        return bytes;
    }

    private static void piece(Tensor tensor, long from, int n, DataType type, byte[] bytes, int at) {
        float[] x = FLOATS.get();
        tensor.copyTo(from, n, x, 0);
        try {
            if (type.isBlocks()) {
                QUANTIZER.get().quantize(type, x, 0, n, bytes, at);
            } else {
                plain(x, n, type, ByteBuffer.wrap(bytes, at, (int) type.bytes(n)));
            }
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    "tensor %s cannot become %s: %s"
                            .formatted(CheckpointException.quote(tensor.toString()), type, e.getMessage()),
                    e);
        }
    }

    private static void plain(float[] x, int n, DataType type, ByteBuffer target) {
        target.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) {
            switch (type) {
                case F32 -> target.putFloat(x[i]);
                case BF16 -> target.putShort(WeightType.toBfloat16(x[i]));
                case F16 -> {
                    short half = Float.floatToFloat16(x[i]);
                    if (Float.isFinite(x[i]) && !Float.isFinite(Float.float16ToFloat(half))) {
                        throw new IllegalArgumentException(
                                "it holds %s, but fp16 ends at 65504; take bf16 or fp32".formatted(x[i]));
                    }
                    target.putShort(half);
                }
                default -> throw new IllegalArgumentException("not a weight type");
            }
        }
    }
}
