package dev.nextstep.cli.bench;

import java.util.List;

/**
 * Median and quartiles of several rounds, interpolated between neighbours.
 *
 * @param lower a quarter of the rounds was below
 * @param median half of them
 * @param upper three quarters
 */
public record Quartiles(double lower, double median, double upper) {

    /** @throws IllegalArgumentException for no values */
    static Quartiles of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    /** A value that was seen once. */
    static Quartiles once(double value) {
        return new Quartiles(value, value, value);
    }

    /** All three times a positive factor. */
    Quartiles times(double factor) {
        return new Quartiles(lower * factor, median * factor, upper * factor);
    }

    /** Whether there is no spread, as with a single round. */
    boolean isOne() {
        return lower == median && median == upper;
    }

    private static double at(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
    }
}
