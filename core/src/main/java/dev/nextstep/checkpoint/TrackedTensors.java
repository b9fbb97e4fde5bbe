package dev.nextstep.checkpoint;

import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Tensors of a checkpoint under this project's names, which remembers what was asked for: what is left after a model
 * has been built is unknown to it. Safe for use by several threads.
 */
public final class TrackedTensors implements TensorSource {
    private final TensorSource source;
    private final Map<String, String> storedNames;
    private final UnaryOperator<Tensor> adapt;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    /**
     * @param rename stored name to name used here
     * @param adapt applied to each tensor that is found, already under its new name
     * @throws CheckpointException if two stored names become one
     */
    TrackedTensors(TensorSource source, UnaryOperator<String> rename, UnaryOperator<Tensor> adapt) {
        this.source = source;
        this.adapt = adapt;
        var map = new LinkedHashMap<String, String>();
        for (var stored : source.names()) {
            String name = rename.apply(stored);
            String other = map.put(name, stored);
            if (other != null) {
                throw new CheckpointException("%s: tensors '%s' and '%s' are both %s"
                        .formatted(
                                source.origin(),
                                CheckpointException.quote(other),
                                CheckpointException.quote(stored),
                                CheckpointException.quote(name)));
            }
        }
        storedNames = Collections.unmodifiableMap(map);
    }

    @Override
    public String origin() {
        return source.origin();
    }

    @Override
    public Set<String> names() {
        return storedNames.keySet();
    }

    @Override
    public Optional<Tensor> find(String name) {
        var tensor = peek(name);
        if (tensor.isPresent()) {
            asked.add(name);
        }
        return tensor;
    }

    /** Like {@link #find}, not remembered. */
    Optional<Tensor> peek(String name) {
        return Optional.ofNullable(storedNames.get(name)).flatMap(source::find).map(t -> adapt.apply(t.withName(name)));
    }

    /** This source without memory, for the loader's own questions. */
    TensorSource untracked() {
        return new TensorSource() {
            @Override
            public String origin() {
                return TrackedTensors.this.origin();
            }

            @Override
            public Set<String> names() {
                return TrackedTensors.this.names();
            }

            @Override
            public Optional<Tensor> find(String name) {
                return peek(name);
            }
        };
    }

    /** Names that nobody has asked for yet, in file order. */
    public Set<String> unusedNames() {
        var unused = new LinkedHashSet<>(storedNames.keySet());
        unused.removeAll(asked);
        return Collections.unmodifiableSet(unused);
    }
}
