package dev.nextstep.train.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * All that a run needs to go on from a step.
 *
 * @param step steps done
 * @param parts named sets of named tensors, such as {@code weights}, {@code ema}, {@code optimizer}; each becomes a
 *     safetensors file of that name
 * @param state all that is not tensors: counters, places in the data
 * @param metrics by which checkpoints can be ranked, such as validation losses; may be empty
 */
public record Checkpoint(
        long step, Map<String, Map<String, Tensor>> parts, ObjectNode state, Map<String, Double> metrics) {
    /** Checks the step and the names of the parts. */
    public Checkpoint {
        if (step < 0) {
            throw new IllegalArgumentException("step is " + step + ", allowed is 0 and more");
        }
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        for (var part : parts.keySet()) {
            if (!part.matches("[a-z][a-z0-9_]*")) {
                throw new IllegalArgumentException("part '" + part + "' cannot be a file name");
            }
        }
    }
}
