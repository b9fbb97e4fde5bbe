package dev.nextstep.data.filter;

import dev.nextstep.data.KeyedRandom;
import java.util.Arrays;

/**
 * How measured values are spread, apart for kept and dropped samples. Of more than 50 000 values a random choice of that
 * many decides the bars; the counts are of all.
 */
final class Histogram {
    private static final int MOST = 50_000;

    /**
     * Bars of a histogram.
     *
     * @param from lower end of the first bar
     * @param to upper end of the last
     * @param logarithmic whether equal widths mean equal factors
     * @param kept samples per bar
     * @param dropped samples per bar
     */
    record Bars(double from, double to, boolean logarithmic, long[] kept, long[] dropped) {}

    private final Values kept = new Values(1);
    private final Values dropped = new Values(2);

    /** A random choice of the values that came, each equally likely (reservoir sampling). */
    private static final class Values {
        private double[] values = new double[64];
        private int size;
        private long count;
        private final KeyedRandom random;

        Values(long seed) {
            random = new KeyedRandom(seed);
        }

        void add(double value) {
            count++;
            if (size < MOST) {
                if (size == values.length) {
                    values = Arrays.copyOf(values, 2 * size);
                }
                values[size++] = value;
            } else {
                long at = random.nextLong(count);
                if (at < MOST) {
                    values[(int) at] = value;
                }
            }
        }

        long[] bars(double from, double to, boolean logarithmic, int n) {
            var bars = new long[n];
            for (int i = 0; i < size; i++) {
                double place = to <= from
                        ? 0
                        : logarithmic
                                ? Math.log(values[i] / from) / Math.log(to / from)
                                : (values[i] - from) / (to - from);
                bars[Math.clamp((long) (place * n), 0, n - 1)]++;
            }
            for (int i = 0; i < n && size > 0; i++) {
                bars[i] = bars[i] * count / size;
            }
            return bars;
        }
    }

    void add(double value, boolean isKept) {
        if (Double.isFinite(value)) {
            (isKept ? kept : dropped).add(value);
        }
    }

    boolean isEmpty() {
        return kept.size + dropped.size == 0;
    }

    Bars bars(int n) {
        var all = java.util.stream.DoubleStream.concat(
                        Arrays.stream(kept.values, 0, kept.size), Arrays.stream(dropped.values, 0, dropped.size))
                .summaryStatistics();
        // Sizes and scores of real data often span decades; then bars of equal factors show more.
        boolean logarithmic = all.getMin() > 0 && all.getMax() > 50 * all.getMin();
        return new Bars(
                all.getMin(),
                all.getMax(),
                logarithmic,
                kept.bars(all.getMin(), all.getMax(), logarithmic, n),
                dropped.bars(all.getMin(), all.getMax(), logarithmic, n));
    }
}
