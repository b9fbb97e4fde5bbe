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
     * Means over each point and its neighbours, as many before as after it, so that nothing is shifted.
     *
     * @param reach neighbours on each side; 0 leaves the curve as it is
     */
    Curve smoothed(int reach) {
        var means = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int side = Math.min(reach, Math.min(i, values.length - 1 - i));
            double sum = 0;
            int count = 0;
            for (int k = i - side; k <= i + side; k++) {
                if (Double.isFinite(values[k])) {
                    sum += values[k];
                    count++;
                }
            }
            means[i] = count == 0 ? Double.NaN : sum / count;
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
