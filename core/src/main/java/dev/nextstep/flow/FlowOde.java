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
    public int calls(TimeGrid grid) {
        int steps = grid.points().length - 1;
        return switch (this) {
            case EULER -> steps;
            case HEUN -> 2 * steps - 1;
            case MIDPOINT -> 2 * steps;
        };
    }

    @Override
    public int evaluation(int call) {
        return this == HEUN ? (call + 1) / 2 : call;
    }

    @Override
    public void advance(TimeGrid grid, int call, SamplerState state, float[] velocity, Draws draws) {
        float[] points = grid.points();
        int i = this == EULER ? call : call / 2;
        float t = points[i];
        float next = points[i + 1];
        float step = next - t;
        float[] x = state.x();
        boolean isSecond = this != EULER && call % 2 == 1;
        switch (this) {
            case EULER -> {
                for (int k = 0; k < x.length; k++) { // the official form; algebraically x + v·Δ
                    float noiseEstimate = x[k] - velocity[k] * t;
                    float dataEstimate = x[k] + velocity[k] * (1f - t);
                    x[k] = noiseEstimate * (1f - next) + dataEstimate * next;
                }
            }
            case HEUN -> {
                if (isSecond) {
                    for (int k = 0; k < x.length; k++) {
                        x[k] += 0.5f * step * (state.first[k] + velocity[k]);
                    }
                    state.askAtState();
                } else if (call + 1 < calls(grid)) {
                    System.arraycopy(velocity, 0, state.first, 0, x.length);
                    move(x, velocity, step, state.trial);
                    state.askAtTrial();
                } else {
                    move(x, velocity, step, x);
                }
            }
            case MIDPOINT -> {
                if (isSecond) {
                    move(x, velocity, step, x);
                    state.askAtState();
                } else {
                    move(x, velocity, 0.5f * step, state.trial);
                    state.askAtTrial();
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
