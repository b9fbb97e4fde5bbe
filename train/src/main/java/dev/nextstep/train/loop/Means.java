package dev.nextstep.train.loop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Means of the values of several steps. */
final class Means {
    private final Map<String, double[]> sums = new TreeMap<>();
    private long samples;
    private long tokens;
    private long start = System.nanoTime();

    void add(Learned learned) {
        learned.values().forEach(this::add);
        samples += learned.samples();
        tokens += learned.tokens();
    }

    void step(double loss, double norm, double factor) {
        add("loss", loss);
        add("gradient_norm", norm);
        add("learning_rate_factor", factor);
    }

    private void add(String name, double value) {
        var sum = sums.computeIfAbsent(name, _ -> new double[2]);
        sum[0] += value;
        sum[1]++;
    }

    /** The means since the last call. */
    Map<String, Double> take() {
        var means = new LinkedHashMap<String, Double>();
        sums.forEach((name, sum) -> means.put(name, sum[0] / sum[1]));
        double seconds = (System.nanoTime() - start) / 1e9;
        means.put("samples_per_second", samples / seconds);
        means.put("tokens_per_second", tokens / seconds);
        clear();
        return means;
    }

    void clear() {
        sums.clear();
        samples = 0;
        tokens = 0;
        start = System.nanoTime();
    }
}
