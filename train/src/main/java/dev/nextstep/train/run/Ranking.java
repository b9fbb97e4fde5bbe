package dev.nextstep.train.run;

import java.util.Comparator;
import java.util.List;

/**
 * Which checkpoint is the best.
 *
 * @param metric name of a metric of checkpoints; those without it are not ranked
 * @param better which way it improves
 */
public record Ranking(String metric, Better better) {

    /** Which way a metric improves. */
    public enum Better {
        /** Losses. */
        LOWER,
        /** Scores. */
        HIGHER
    }

    /** Those that have a finite value of the metric, best first; of equals the earliest. */
    public List<CheckpointInfo> bestFirst(List<CheckpointInfo> checkpoints) {
        Comparator<CheckpointInfo> byValue = Comparator.comparingDouble(this::value);
        return checkpoints.stream()
                .filter(c -> Double.isFinite(value(c)))
                .sorted((better == Better.LOWER ? byValue : byValue.reversed()).thenComparing(CheckpointInfo::step))
                .toList();
    }

    private double value(CheckpointInfo checkpoint) {
        return checkpoint.metrics().getOrDefault(metric, Double.NaN);
    }
}
