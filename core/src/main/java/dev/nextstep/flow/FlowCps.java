package dev.nextstep.flow;

/**
 * The coefficient-preserving sampler of the February 2026 code (spec §6.5, S3 “cps”): noise replaces a part of the
 * estimated noise, so the total variance stays that of the path. The last step is the exact data estimate.
 *
 * @param noiseLevel η between 0 and 1; 0.8 in the official code
 */
public record FlowCps(float noiseLevel) implements Sampler {
    public FlowCps {
        Sampler.requireNoiseLevel(noiseLevel);
    }

    @Override
    public String id() {
        return "cps";
    }

    @Override
    public boolean usesNoiseLevel() {
        return true;
    }

    @Override
    public TimeGrid grid(int steps, float timestepShift) {
        return TimeGrid.closed(steps, timestepShift);
    }

    @Override
    public int draws(int steps) {
        return steps + 1;
    }

    @Override
    public void advance(TimeGrid grid, int call, SamplerState state, float[] velocity, Draws draws) {
        float[] points = grid.points();
        float sine = (float) StrictMath.sin(noiseLevel * Math.PI / 2);
        float t = points[call];
        float next = points[call + 1];
        float left = 1f - next;
        float std = left * sine;
        float kept = (float) Math.sqrt(Math.max(0f, left * left - std * std));
        float[] x = state.x();
        float[] noise = state.noise;
        draws.fill(call + 1, noise);
        for (int k = 0; k < x.length; k++) {
            float noiseEstimate = x[k] - velocity[k] * t;
            float dataEstimate = x[k] + velocity[k] * (1f - t);
            x[k] = noiseEstimate * kept + dataEstimate * next + std * noise[k];
        }
    }
}
