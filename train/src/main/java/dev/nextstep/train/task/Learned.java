package dev.nextstep.train.task;

import java.util.Map;

/**
 * What one part of a step learned from.
 *
 * @param loss what was minimised, before scaling
 * @param samples samples in it
 * @param tokens tokens in it, padding included; for a tokenizer the latent pixels
 * @param values further values for the log, by name
 */
public record Learned(double loss, long samples, long tokens, Map<String, Double> values) {
    /** Copies the map. */
    public Learned {
        values = Map.copyOf(values);
    }
}
