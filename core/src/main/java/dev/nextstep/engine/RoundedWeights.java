package dev.nextstep.engine;

import dev.nextstep.kernel.Bf16;
import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;

/**
 * Weights as a module that was cast to bf16 has them. Tensors that are stored in bf16 stay mapped; others are rounded
 * into heap memory, so this is for comparisons, not for large models.
 */
final class RoundedWeights implements TensorSource {
    private final TensorSource weights;

    private RoundedWeights(TensorSource weights) {
        this.weights = weights;
    }

    /** The weights as a precision asks for them. */
    static TensorSource of(TensorSource weights, Precision precision) {
        return precision == Precision.REFERENCE_BF16 ? new RoundedWeights(weights) : weights;
    }

    @Override
    public String origin() {
        return weights.origin();
    }

    @Override
    public Set<String> names() {
        return weights.names();
    }

    @Override
    public Optional<Tensor> find(String name) {
        return weights.find(name).map(RoundedWeights::round);
    }

    private static Tensor round(Tensor tensor) {
        if (tensor.type() != DataType.F32 && tensor.type() != DataType.F16) {
            return tensor;
        }
        long n = tensor.elements();
        var data = MemorySegment.ofArray(new byte[Math.toIntExact(2 * n)]);
        var layout = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < n; i++) {
            data.set(layout, 2 * i, (short) (Float.floatToRawIntBits(Bf16.round(tensor.get(i))) >>> 16));
        }
        return new Tensor(tensor.name(), DataType.BF16, tensor.shape(), data);
    }
}
