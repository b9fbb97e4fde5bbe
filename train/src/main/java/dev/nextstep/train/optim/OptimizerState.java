package dev.nextstep.train.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;

/**
 * All that an optimiser or an average remembers from step to step.
 *
 * @param tensors by name, in a fixed order; the optimiser's own tensors, not copies: write them before the next step
 * @param counters by name
 */
public record OptimizerState(Map<String, Tensor> tensors, Map<String, Long> counters) {
    /** Keeps the order of both maps. */
    public OptimizerState {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
    }

    /**
     * The tensor of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor tensor(String name) {
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the optimiser state has no tensor " + name);
        }
        return tensor;
    }

    /**
     * The counter of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public long counter(String name) {
        var counter = counters.get(name);
        if (counter == null) {
            throw new IllegalArgumentException("the optimiser state has no counter " + name);
        }
        return counter;
    }

    /** The states of several in one; their names must differ. */
    static OptimizerState union(List<OptimizerState> states) {
        var tensors = new LinkedHashMap<String, Tensor>();
        var counters = new LinkedHashMap<String, Long>();
        for (var state : states) {
            tensors.putAll(state.tensors);
            counters.putAll(state.counters);
        }
        return new OptimizerState(tensors, counters);
    }

    /** The part of this state that has the names of {@code own}. */
    OptimizerState restrictedTo(OptimizerState own) {
        var mine = new LinkedHashMap<>(tensors);
        mine.keySet().retainAll(own.tensors.keySet());
        var counts = new LinkedHashMap<>(counters);
        counts.keySet().retainAll(own.counters.keySet());
        return new OptimizerState(mine, counts);
    }

    /**
     * Copies the values of a saved state into the tensors of this one.
     *
     * @throws IllegalArgumentException if names or shapes differ
     */
    void copyFrom(OptimizerState saved) {
        requireSameNames(saved);
        var sources = new ArrayList<Tensor>();
        Aten.withoutGradients(() -> {
            tensors.forEach((name, target) -> {
                var source = saved.tensor(name);
                if (!Arrays.equals(shape(target), shape(source))) {
                    throw new IllegalArgumentException(
                            "optimiser tensor %s has the shape %s in the saved state, %s is needed"
                                    .formatted(name, Arrays.toString(shape(source)), Arrays.toString(shape(target))));
                }
                sources.add(source);
            });
            if (!sources.isEmpty()) {
                Aten.FOREACH_COPY.run(Aten.list(tensors.values()), Aten.list(sources), new IValue(false));
            }
        });
    }

    /** Complains if a saved state has not the names of this one. */
    void requireSameNames(OptimizerState saved) {
        requireSameNames("tensors", tensors.keySet(), saved.tensors.keySet());
        requireSameNames("counters", counters.keySet(), saved.counters.keySet());
    }

    private static void requireSameNames(String what, Set<String> needed, Set<String> given) {
        var missing = new TreeSet<>(needed);
        missing.removeAll(given);
        var unknown = new TreeSet<>(given);
        unknown.removeAll(needed);
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException("the saved optimiser state does not fit these parameters and groups: "
                    + "%d %s missing %s, %d unknown %s"
                            .formatted(missing.size(), what, few(missing), unknown.size(), few(unknown)));
        }
    }

    private static List<String> few(Set<String> names) {
        return names.stream().limit(3).toList();
    }

    static long[] shape(Tensor tensor) {
        try (var _ = new PointerScope()) {
            return tensor.shape();
        }
    }
}
