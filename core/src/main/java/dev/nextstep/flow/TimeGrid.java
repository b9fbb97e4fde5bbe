package dev.nextstep.flow;

/**
 * Times of one sampling run, t = 0 (noise) to 1 (data); fp32 arithmetic as in the official code (spec §6.4).
 *
 * @param points times between which the state moves, ascending
 * @param evaluations times at which the network is asked, in order of use
 */
public record TimeGrid(float[] points, float[] evaluations) {

    /** Last, undisturbed step of the August 2025 grid. */
    static final float LAST_STEP = 0.04f;

    /** Moves a time towards noise: t / (s − (s − 1)·t); s = 1 changes nothing. */
    static float shift(float t, float timestepShift) {
        return t / (timestepShift - (timestepShift - 1f) * t);
    }

    /**
     * Grid A (first release): {@code steps} points from 0 to 0.96, all shifted; the last step of 0.04 is not part of the
     * grid.
     */
    static TimeGrid august(int steps, float timestepShift) {
        float[] points = linspace(1f - LAST_STEP, steps);
        for (int i = 0; i < steps; i++) {
            points[i] = shift(points[i], timestepShift);
        }
        return new TimeGrid(points, points);
    }

    /** Grid B: {@code steps} + 1 points from 0 to exactly 1; the network is asked at all but the last. */
    static TimeGrid closed(int steps, float timestepShift) {
        float[] points = linspace(1f, steps + 1);
        var evaluations = new float[steps];
        for (int i = 0; i < steps; i++) {
            points[i] = shift(points[i], timestepShift);
            evaluations[i] = points[i];
        }
        points[steps] = 1f;
        return new TimeGrid(points, evaluations);
    }

    // From both ends towards the middle, as the official framework computes it.
    private static float[] linspace(float end, int n) {
        var values = new float[n];
        if (n == 1) {
            return values;
        }
        float step = end / (n - 1);
        for (int i = 0; i < n; i++) {
            values[i] = i < n / 2 ? i * step : end - step * (n - 1 - i);
        }
        return values;
    }
}
