package dev.nextstep.testing;

import dev.nextstep.kernel.Bf16;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.util.Optional;
import java.util.Set;

/** Weights rounded to bf16, as a module that was cast has them. */
public record RoundedSource(TensorSource weights) implements TensorSource {
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
        return weights.find(name).map(tensor -> {
            float[] values = tensor.toFloats();
            Bf16.round(values);
            return Tensor.of(
                    name,
                    values,
                    tensor.shape().stream().mapToLong(Long::longValue).toArray());
        });
    }
}
