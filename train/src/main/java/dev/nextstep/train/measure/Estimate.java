package dev.nextstep.train.measure;

import dev.nextstep.data.KeyedRandom;
import java.util.Arrays;

/**
 * A measured figure and how far chance may have moved it.
 *
 * @param value the figure
 * @param standardError of the value, in its units; 0 for one observation
 * @param low lower end of the 95 % interval
 * @param high upper end
 * @param count observations behind it
 */
public record Estimate(double value, double standardError, double low, double high, int count) {
    /** Normal quantile of a two-sided interval of 95 %. */
    private static final double Z = 1.959963984540054;

    private static final int RESAMPLES = 2000;

    /**
     * A share of successes: binomial standard error √(p(1 − p)/n), Wilson's interval, which is honest also when all or
     * none succeed.
     *
     * @param hits successes, 0 to count
     * @param count trials, at least 1
     */
    public static Estimate share(int hits, int count) {
        if (count < 1 || hits < 0 || hits > count) {
            throw new IllegalArgumentException(hits + " of " + count + " is no share");
        }
        double p = (double) hits / count;
        double z2 = Z * Z / count;
        double centre = (p + z2 / 2) / (1 + z2);
        double half = Z * Math.sqrt(p * (1 - p) / count + z2 / (4 * count)) / (1 + z2);
        double low = hits == 0 ? 0 : centre - half;
        double high = hits == count ? 1 : centre + half;
        return new Estimate(p, Math.sqrt(p * (1 - p) / count), low, high, count);
    }

    /**
     * A mean: standard error s/√n, normal interval.
     *
     * @param values at least one, finite
     */
    public static Estimate mean(double... values) {
        requireSome(values);
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double error = values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1) / values.length);
        return new Estimate(mean, error, mean - Z * error, mean + Z * error, values.length);
    }

    /**
     * A median: standard error and interval by the bootstrap (2,000 resamples, percentiles).
     *
     * @param seed of the resampling: the same values and seed give the same estimate
     * @param values at least one, finite
     */
    public static Estimate median(long seed, double... values) {
        requireSome(values);
        var numbers = new KeyedRandom(seed, KeyedRandom.of("median"));
        var medians = new double[RESAMPLES];
        var sample = new double[values.length];
        for (int r = 0; r < RESAMPLES; r++) {
            for (int i = 0; i < sample.length; i++) {
                sample[i] = values[numbers.nextInt(values.length)];
            }
            Arrays.sort(sample);
            medians[r] = middle(sample);
        }
        double error = mean(medians).standardError() * Math.sqrt(RESAMPLES);
        Arrays.sort(medians);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int tail = RESAMPLES / 40;
        return new Estimate(middle(sorted), error, medians[tail], medians[RESAMPLES - 1 - tail], values.length);
    }

    private static double middle(double[] sorted) {
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    private static void requireSome(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("an estimate needs at least one observation");
        }
    }
}
