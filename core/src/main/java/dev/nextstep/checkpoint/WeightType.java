package dev.nextstep.checkpoint;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/**
 * The type in which weights are written. Conversions round to nearest, ties to even, once. Tensors that are not F32,
 * F16 or BF16 are always written as they are.
 */
public enum WeightType {
    /** Each tensor in the type it has. */
    AS_IS,
    FLOAT32,
    FLOAT16,
    BFLOAT16;

    /** The name that {@code torch_dtype} has for it; empty for {@link #AS_IS}. */
    Optional<String> torchName() {
        return this == AS_IS ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
    }

    DataType of(DataType stored) {
        if (!stored.isWeight()) {
            return stored;
        }
        return switch (this) {
            case AS_IS -> stored;
            case FLOAT32 -> DataType.F32;
            case FLOAT16 -> DataType.F16;
            case BFLOAT16 -> DataType.BF16;
        };
    }

    /** Appends elements {@code from} to {@code to − 1}, converted to a weight type, to a little-endian buffer. */
    static void convert(Tensor tensor, long from, long to, DataType target, ByteBuffer buffer) {
        for (long i = from; i < to; i++) {
            float value = tensor.get(i);
            switch (target) {
                case F32 -> buffer.putFloat(value);
                case F16 -> buffer.putShort(Float.floatToFloat16(value));
                case BF16 -> buffer.putShort(toBfloat16(value));
                default -> throw new IllegalArgumentException("not a weight type: " + target);
            }
        }
    }

    /** The nearest bf16, ties to even; a NaN stays one. */
    static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            // Rounding could carry a NaN into infinity; its upper bits with the quiet bit set cannot.
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }
}
