package dev.nextstep.train.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What forward and backward pass of a step gave.
 *
 * @param loss that the gradients are of
 * @param gradientNorm of all gradients, before clipping
 * @param samples in the batch
 * @param tokens in the batch, or pixels
 * @param values further measures by name, such as {@code lm_loss}
 */
public record StepResult(double loss, double gradientNorm, long samples, long tokens, Map<String, Double> values) {
    /** Keeps the order of the values. */
    public StepResult {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
