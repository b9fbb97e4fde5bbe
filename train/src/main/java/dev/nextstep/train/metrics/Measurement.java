package dev.nextstep.train.metrics;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers measured at one moment of a run.
 *
 * @param step steps done
 * @param time when
 * @param phase on what
 * @param values by name; a slash makes a family of curves: {@code image_loss/t 0.1-0.2}, {@code loss/edit}
 */
public record Measurement(long step, Instant time, Phase phase, Map<String, Double> values) {

    /** What was measured on. */
    public enum Phase {
        /** The samples of the steps, before they changed the weights. */
        TRAIN,
        /** Samples that are held out. */
        VALIDATION
    }

    /** Keeps the order of the values. */
    public Measurement {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
