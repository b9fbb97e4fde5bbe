package dev.nextstep.flow;

import java.util.Locale;

/** Deterministic samplers: the only noise is the initial one. */
public enum FlowOde implements Sampler {
    /** Euler steps, the “ode” of the February 2026 code: one evaluation a step. */
    EULER("ode"),
    /** Heun's method: two evaluations a step, one in the last (nothing is learnt from asking at t = 1). */
    HEUN("heun"),
    /** The midpoint method: two evaluations a step. */
    MIDPOINT("midpoint");

    private final String id;

    FlowOde(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public TimeGrid grid(int steps, float timestepShift) {
        var grid = TimeGrid.closed(steps, timestepShift);
        float[] points = grid.points();
        return switch (this) {
            case EULER -> grid;
            case HEUN -> grid; // asks twice at each inner point
            case MIDPOINT -> {
                var evaluations = new float[2 * steps];
                for (int i = 0; i < steps; i++) {
                    evaluations[2 * i] = points[i];
                    evaluations[2 * i + 1] = 0.5f * (points[i] + points[i + 1]);
                }
                yield new TimeGrid(points, evaluations);
            }
        };
    }

    @Override
    public int draws(int steps) {
        return 1;
    }

    @Override
    public void run(TimeGrid grid, float[] x, Velocity velocity, Draws draws) {
        float[] points = grid.points();
        int steps = points.length - 1;
        var first = new float[x.length];
        var trial = new float[x.length];
        for (int i = 0; i < steps; i++) {
            float t = points[i];
            float next = points[i + 1];
            float step = next - t;
            switch (this) {
                case EULER -> {
                    float[] v = velocity.at(i, x);
                    for (int k = 0; k < x.length; k++) { // the official form; algebraically x + v·Δ
                        float noiseEstimate = x[k] - v[k] * t;
                        float dataEstimate = x[k] + v[k] * (1f - t);
                        x[k] = noiseEstimate * (1f - next) + dataEstimate * next;
                    }
                }
                case HEUN -> {
                    System.arraycopy(velocity.at(i, x), 0, first, 0, x.length);
                    move(x, first, step, trial);
                    if (i + 1 < steps) {
                        float[] second = velocity.at(i + 1, trial);
                        for (int k = 0; k < x.length; k++) {
                            x[k] += 0.5f * step * (first[k] + second[k]);
                        }
                    } else {
                        System.arraycopy(trial, 0, x, 0, x.length);
                    }
                }
                case MIDPOINT -> {
                    move(x, velocity.at(2 * i, x), 0.5f * step, trial);
                    move(x, velocity.at(2 * i + 1, trial), step, x);
                }
            }
        }
    }

    private static void move(float[] x, float[] velocity, float step, float[] target) {
        for (int k = 0; k < x.length; k++) {
            target[k] = x[k] + step * velocity[k];
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
