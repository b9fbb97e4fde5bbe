package dev.nextstep.train.report;

/**
 * Points of a curve in rising order of steps.
 *
 * @param name for the legend
 * @param steps abscissas
 * @param values ordinates; NaN leaves a gap
 */
record Curve(String name, double[] steps, double[] values) {
    Curve {
        if (steps.length != values.length) {
            throw new IllegalArgumentException(
                    name + " has " + steps.length + " steps and " + values.length + " values");
        }
    }

    int size() {
        return steps.length;
    }

    /** The last value that is a number, or NaN. */
    double last() {
        for (int i = values.length - 1; i >= 0; i--) {
            if (Double.isFinite(values[i])) {
                return values[i];
            }
        }
        return Double.NaN;
    }

    /** The smallest value, or NaN. */
    double least() {
        double least = Double.NaN;
        for (double v : values) {
            if (Double.isFinite(v) && !(v >= least)) {
                least = v;
            }
        }
        return least;
    }

    /**
     * Means over about {@code window} points that trail behind, without the pull towards the first value.
     *
     * @param window 1 leaves the curve as it is
     */
    Curve smoothed(double window) {
        double keep = 1 - 1 / Math.max(1, window);
        var means = new double[values.length];
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                sum = keep * sum + (1 - keep) * values[i];
                weight = keep * weight + (1 - keep);
            }
            means[i] = weight > 0 ? sum / weight : Double.NaN;
        }
        return new Curve(name, steps, means);
    }

    /** At most about {@code most} points, each the mean of its neighbours that it stands for. */
    Curve thinned(int most) {
        if (size() <= most) {
            return this;
        }
        var x = new double[most];
        var y = new double[most];
        for (int i = 0; i < most; i++) {
            int from = (int) ((long) i * size() / most);
            int to = (int) ((long) (i + 1) * size() / most);
            int count = 0;
            for (int k = from; k < to; k++) {
                x[i] += steps[k] / (to - from);
                if (Double.isFinite(values[k])) {
                    y[i] += values[k];
                    count++;
                }
            }
            y[i] = count == 0 ? Double.NaN : y[i] / count;
        }
        return new Curve(name, x, y);
    }
}
