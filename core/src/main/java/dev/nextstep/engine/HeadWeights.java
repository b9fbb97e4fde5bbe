package dev.nextstep.engine;

import dev.nextstep.checkpoint.QuantizationPlan;
import dev.nextstep.checkpoint.QuantizedTensors;
import dev.nextstep.checkpoint.StoredFormat;
import dev.nextstep.flow.HeadType;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.util.Optional;
import java.util.Set;

/** Weights of which those of the flow head are quantised when they are asked for. */
final class HeadWeights implements TensorSource {
    private static final QuantizationPlan PLAN =
            QuantizationPlan.of(StoredFormat.Q8_0).withFlowHead(StoredFormat.Q8_0);

    private final TensorSource weights;

    private HeadWeights(TensorSource weights) {
        this.weights = weights;
    }

    /** The weights with the flow head in that type. */
    static TensorSource of(TensorSource weights, HeadType type) {
        return switch (type) {
            case STORED -> weights;
            case Q8 -> new HeadWeights(weights);
        };
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
        var found = weights.find(name);
        return name.startsWith("image_head.") ? found.map(tensor -> QuantizedTensors.of(tensor, PLAN)) : found;
    }
}
