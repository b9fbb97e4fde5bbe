package dev.nextstep.checkpoint;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Weights that are quantised when a model is opened, into memory of their own. */
public final class QuantizedTensors {
    private QuantizedTensors() {}

    /**
     * A tensor in the type that a plan gives it: the bytes that {@link ModelQuantizer} would write. Lies outside the heap
     * and is freed when nobody holds it any more.
     *
     * @param tensor of type F32, F16 or BF16; one in blocks already is returned as it is
     * @throws CheckpointException if a value does not fit the type
     */
    public static Tensor of(Tensor tensor, QuantizationPlan plan) {
        if (tensor.type().isBlocks()) {
            return tensor;
        }
        var type = plan.typeOf(tensor);
        if (type == tensor.type()) {
            return tensor;
        }
        long n = tensor.elements();
        var data = Arena.ofAuto().allocate(type.bytes(n), Long.BYTES);
        for (long from = 0; from < n; from += TensorEncoder.STRETCH) {
            int count = (int) Math.min(TensorEncoder.STRETCH, n - from);
            write(tensor, from, count, type, data);
        }
        return new Tensor(tensor.name(), type, tensor.shape(), data.asReadOnly());
    }

    private static void write(Tensor tensor, long from, int count, DataType type, MemorySegment data) {
        byte[] bytes = TensorEncoder.encode(tensor, from, count, type);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, data, type.bytes(from), bytes.length);
    }
}
