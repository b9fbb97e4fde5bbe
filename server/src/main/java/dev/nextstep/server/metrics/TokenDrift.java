package dev.nextstep.server.metrics;

import java.util.Optional;

/**
 * How the values of image tokens are spread, at the beginning and at the end of pictures, as moving averages over about a
 * hundred pictures. A sound model keeps its mean and variance along a picture and over the days; under too much guidance they run
 * away towards the end (paper §7.1). Safe for use by several threads.
 */
final class TokenDrift {
    /** Weight of a new picture, once there are many. */
    private static final double WEIGHT = 0.01;

    private long pictures;
    private Spread first = new Spread(0, 0);
    private Spread last = new Spread(0, 0);

    /**
     * How values are spread.
     *
     * @param mean their mean
     * @param variance their variance round that
     */
    record Spread(double mean, double variance) {
        static Spread of(float[] values, int from, int to) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += values[i];
            }
            double mean = sum / (to - from);
            double squares = 0;
            for (int i = from; i < to; i++) {
                squares += (values[i] - mean) * (values[i] - mean);
            }
            return new Spread(mean, squares / (to - from));
        }

        Spread towards(Spread other, double weight) {
            return new Spread(mean + weight * (other.mean - mean), variance + weight * (other.variance - variance));
        }
    }

    /**
     * Both ends of pictures.
     *
     * @param first quarter
     * @param last quarter
     */
    record Ends(Spread first, Spread last) {}

    /** Adds a picture: its tokens one after another, in the order in which they were drawn. */
    void add(float[] tokens) {
        if (tokens.length == 0) {
            return;
        }
        int quarter = Math.max(1, tokens.length / 4);
        var begin = Spread.of(tokens, 0, quarter);
        var end = Spread.of(tokens, tokens.length - quarter, tokens.length);
        synchronized (this) {
            pictures++;
            double weight = Math.max(WEIGHT, 1.0 / pictures);
            first = first.towards(begin, weight);
            last = last.towards(end, weight);
        }
    }

    /** The averages; empty before the first picture. */
    synchronized Optional<Ends> now() {
        return pictures == 0 ? Optional.empty() : Optional.of(new Ends(first, last));
    }
}
