package dev.nextstep.train.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means over the steps since the last log line. */
final class StepMeter {
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private long samples;
    private long tokens;
    private long nanos;

    void add(StepResult result, double lrFactor, long stepNanos) {
        add("loss", result.loss());
        result.values().forEach(this::add);
        add("grad_norm", result.gradientNorm());
        add("lr_factor", lrFactor);
        samples += result.samples();
        tokens += result.tokens();
        nanos += stepNanos;
    }

    private void add(String name, double value) {
        sums.merge(name, value, Double::sum);
        counts.merge(name, 1, Integer::sum);
    }

    /** Means by name, rates per second of step time; then starts anew. */
    Map<String, Double> takeMeans() {
        var means = new LinkedHashMap<String, Double>();
        sums.forEach((name, sum) -> means.put(name, sum / counts.getOrDefault(name, 1)));
        if (nanos > 0) {
            means.put("samples_per_second", samples * 1e9 / nanos);
            means.put("tokens_per_second", tokens * 1e9 / nanos);
        }
        sums.clear();
        counts.clear();
        samples = 0;
        tokens = 0;
        nanos = 0;
        return means;
    }
}
