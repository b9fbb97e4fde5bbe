package dev.nextstep.train.optim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Named parameters and one zero-filled tensor of the same shape beside each, or more. */
final class Parameters {
    final List<String> names;
    final List<Tensor> tensors;
    private final List<List<Tensor>> companions = new ArrayList<>();

    Parameters(Map<String, Tensor> parameters) {
        for (var entry : parameters.entrySet()) {
            try (var _ = new PointerScope()) {
                if (entry.getValue().scalar_type().intern() != torch.ScalarType.Float) {
                    throw new IllegalArgumentException("parameter %s is of type %s; optimisers take fp32 master weights"
                            .formatted(
                                    entry.getKey(),
                                    entry.getValue().scalar_type().intern()));
                }
            }
        }
        names = List.copyOf(parameters.keySet());
        // Not copyOf: Tensor has an equals() of its own that compares values.
        tensors = Collections.unmodifiableList(new ArrayList<>(parameters.values()));
    }

    int size() {
        return names.size();
    }

    /** One more tensor per parameter, filled with zeros, on its device; freed by {@link #close}. */
    List<Tensor> zeros() {
        return Aten.withoutGradients(() -> {
            var made = tensors.stream().map(t -> Aten.keep(torch.zeros_like(t))).toList();
            companions.add(made);
            return made;
        });
    }

    /** Tensors under {@code prefix + parameter name}. */
    Map<String, Tensor> named(String prefix, List<Tensor> values) {
        var map = new LinkedHashMap<String, Tensor>();
        for (int i = 0; i < names.size(); i++) {
            map.put(prefix + names.get(i), values.get(i));
        }
        return map;
    }

    /** Those that have a gradient now. Call inside a scope that frees the gradients' handles. */
    WithGradients withGradients() {
        var indices = new ArrayList<Integer>();
        var gradients = new ArrayList<Tensor>();
        for (int i = 0; i < tensors.size(); i++) {
            var gradient = tensors.get(i).grad();
            if (gradient.defined()) {
                indices.add(i);
                gradients.add(gradient);
            }
        }
        return new WithGradients(indices, gradients);
    }

    void close() {
        companions.forEach(list -> list.forEach(Tensor::releaseReference));
        companions.clear();
    }

    record WithGradients(List<Integer> indices, List<Tensor> gradients) {
        boolean isEmpty() {
            return indices.isEmpty();
        }

        /** The elements of a list of all parameters that belong to these. */
        <T> List<T> of(List<T> all) {
            return indices.size() == all.size()
                    ? all
                    : indices.stream().map(all::get).toList();
        }
    }
}
