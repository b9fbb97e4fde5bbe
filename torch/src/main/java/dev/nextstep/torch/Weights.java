package dev.nextstep.torch;

import dev.nextstep.tensor.TensorSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The fp32 master weights of a part of the model, by their names on disk (spec §2.2, §2.3). They live until
 * {@link #close()}, outside of any pointer scope.
 */
public final class Weights implements AutoCloseable {
    private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();

    private Weights() {}

    /**
     * Copies weights out of a checkpoint, rounding nothing.
     *
     * @param shapes name and shape of each weight that is wanted
     * @throws dev.nextstep.tensor.TensorException if one is missing or misshapen
     */
    public static Weights read(TensorSource source, Map<String, long[]> shapes) {
        var weights = new Weights();
        shapes.forEach(
                (name, shape) -> weights.put(name, source.require(name, shape).toFloats(), shape));
        return weights;
    }

    /** Fresh weights. */
    public static Weights initialize(Map<String, long[]> shapes, Initializer initializer) {
        var weights = new Weights();
        shapes.forEach((name, shape) -> weights.put(name, initializer.values(name, shape), shape));
        return weights;
    }

    /** A copy of these tensors, without gradients. */
    public static Weights copyOf(Map<String, Tensor> tensors) {
        var weights = new Weights();
        tensors.forEach((name, tensor) -> weights.put(name, Tensors.toFloats(tensor), Tensors.shape(tensor)));
        weights.requireGradients(Gradients.NOT_WANTED);
        return weights;
    }

    /**
     * The same numbers with gradients of their own: whoever changes one set changes both, but backward passes through
     * different sets may run at the same time. To be closed by itself, before or after this one.
     */
    public Weights sharing() {
        var shared = new Weights();
        try (var _ = new PointerScope()) {
            tensors.forEach((name, tensor) -> {
                var alias = tensor.detach();
                alias.retainReference();
                alias.set_requires_grad(true);
                shared.tensors.put(name, alias);
            });
        }
        return shared;
    }

    private void put(String name, float[] values, long[] shape) {
        // Not in the scope of whoever loads: they must outlive every step.
        try (var _ = new PointerScope()) {
            var tensor = Tensors.of(values, shape);
            tensor.retainReference();
            tensor.set_requires_grad(true);
            tensors.put(name, tensor);
        }
    }

    /**
     * The weight of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor get(String name) {
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("there is no weight '" + name + "'");
        }
        return tensor;
    }

    /** Whether there is a weight of that name. */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** All weights in their order. */
    public SequencedMap<String, Tensor> all() {
        return Collections.unmodifiableSequencedMap(tensors);
    }

    /** How many numbers all weights have. */
    public long count() {
        return tensors.values().stream().mapToLong(Tensor::numel).sum();
    }

    /** Copies for writers: plain fp32 tensors in the order of this set. */
    public List<dev.nextstep.tensor.Tensor> toTensors() {
        var list = new ArrayList<dev.nextstep.tensor.Tensor>();
        tensors.forEach((name, tensor) ->
                list.add(dev.nextstep.tensor.Tensor.of(name, Tensors.toFloats(tensor), Tensors.shape(tensor))));
        return list;
    }

    /** Turns gradients off for weights that stay as they are, or on again. */
    public void requireGradients(Gradients gradients) {
        tensors.values().forEach(t -> t.set_requires_grad(gradients == Gradients.WANTED));
    }

    /** Moves all weights; for those that are only read. */
    void place(Placement placement) {
        if (placement == Placement.CPU) {
            return;
        }
        try (var _ = new PointerScope()) {
            tensors.replaceAll((_, tensor) -> {
                var moved = placement.of(tensor);
                moved.retainReference();
                tensor.close();
                return moved;
            });
        }
    }

    /** Whether gradients are computed. */
    public enum Gradients {
        /** The weights are trained. */
        WANTED,
        /** The weights are frozen. */
        NOT_WANTED
    }

    /** Frees the memory. */
    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        tensors.clear();
    }
}
