package dev.nextstep.flow;

/**
 * Euler–Maruyama steps of the reverse-time SDE (spec §6.5): x ← x + (v + (1−t)·score)·Δ + √(2(1−t)Δ)·w with
 * score = (t·v − x) / ((1−t)² + t(1−t)).
 */
public enum EulerMaruyama implements Sampler {
    /**
     * First release: N − 1 noisy steps on a grid that ends at 0.96 before shifting, then one of 0.04 without noise. With a
     * shift the last point lies below 0.96 and the run ends before t = 1, an oddity that is kept (spec §11 row 5).
     */
    AUGUST_2025("s1"),
    /** Model cards and the public port: N noisy steps up to exactly 1, the last included. */
    MODEL_CARD("s2");

    private final String id;

    EulerMaruyama(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int minSteps() {
        return this == AUGUST_2025 ? 2 : 1;
    }

    @Override
    public TimeGrid grid(int steps, float timestepShift) {
        return this == AUGUST_2025 ? TimeGrid.august(steps, timestepShift) : TimeGrid.closed(steps, timestepShift);
    }

    @Override
    public int draws(int steps) {
        return this == AUGUST_2025 ? steps : steps + 1;
    }

    @Override
    public void advance(TimeGrid grid, int call, SamplerState state, float[] velocity, Draws draws) {
        float[] points = grid.points();
        float[] x = state.x();
        if (call == points.length - 1) { // of the first release only
            for (int k = 0; k < x.length; k++) {
                x[k] += velocity[k] * TimeGrid.LAST_STEP;
            }
            return;
        }
        float t = points[call];
        float step = points[call + 1] - t;
        float remaining = 1f - t;
        float denominator = remaining * remaining + t * remaining;
        float spread = (float) Math.sqrt(2f * remaining) * (float) Math.sqrt(step);
        float[] noise = state.noise;
        draws.fill(call + 1, noise);
        for (int k = 0; k < x.length; k++) {
            float score = (t * velocity[k] - x[k]) / denominator;
            float drift = velocity[k] + remaining * score;
            x[k] = x[k] + drift * step + spread * noise[k];
        }
    }
}
