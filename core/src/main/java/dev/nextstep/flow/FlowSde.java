package dev.nextstep.flow;

/**
 * The stochastic sampler of the February 2026 code (spec §6.5, S3 “sde”), its default. It adds noise at the last step
 * too.
 *
 * @param noiseLevel η between 0 and 1; 0.8 in the official code
 */
public record FlowSde(float noiseLevel) implements Sampler {
    public FlowSde {
        Sampler.requireNoiseLevel(noiseLevel);
    }

    @Override
    public String id() {
        return "sde";
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
        int steps = points.length - 1;
        float t = points[call];
        float next = points[call + 1];
        float step = next - t;
        float sigma = 1f - t;
        // At σ = 1 the formula would divide by zero: the official code takes the last interior time instead.
        float sigmaStar = sigma == 1f ? points[steps - 1] : sigma;
        float std = noiseLevel * (float) Math.sqrt(sigma / (1f - sigmaStar));
        float pull = std * std * step / (2f * sigma);
        float spread = std * (float) Math.sqrt(step);
        float[] x = state.x();
        float[] noise = state.noise;
        draws.fill(call + 1, noise);
        for (int k = 0; k < x.length; k++) {
            float noiseEstimate = x[k] - velocity[k] * t;
            float dataEstimate = x[k] + velocity[k] * sigma;
            x[k] = noiseEstimate * (1f - next) + dataEstimate * next - pull * noiseEstimate + spread * noise[k];
        }
    }
}
