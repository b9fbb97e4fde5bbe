package dev.nextstep.torch;

import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A copy of weights as the source of tensors that writers and {@code core} read. */
public final class WeightsSource implements TensorSource {
    private final String origin;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /**
     * Copies the weights as they are now.
     *
     * @param origin what they are, for messages
     */
    public WeightsSource(String origin, Weights weights) {
        this.origin = origin;
        weights.toTensors().forEach(t -> tensors.put(t.name(), t));
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public Optional<Tensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }
}
