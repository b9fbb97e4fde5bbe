package dev.nextstep.train.optim;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;

/**
 * Exponential moving average of the weights: a ← d a + (1 − d) θ. After n updates the decay used is
 * min(decay, (1 + n) / (10 + n)), so that the random start is soon forgotten. Starts as a copy of the weights.
 */
public final class Ema implements AutoCloseable {
    private static final String UPDATES = "ema.updates";

    private final double decay;
    private final Parameters parameters;
    private final List<Tensor> averages;
    private long updates;

    /**
     * Copies the weights.
     *
     * @param parameters fp32 tensors by name
     * @param decay 0 to less than 1; 0.999 is usual
     */
    public Ema(SequencedMap<String, Tensor> parameters, double decay) {
        this.decay = OptimizerSettings.between("decay of the average", decay, 0, Math.nextDown(1.0));
        this.parameters = new Parameters(parameters);
        this.averages = this.parameters.zeros();
        copyWeights();
    }

    private void copyWeights() {
        state().copyFrom(new OptimizerState(parameters.named("ema.", parameters.tensors), Map.of(UPDATES, 0L)));
    }

    /** Takes the weights as they are now into the average: once after each step. */
    public void update() {
        double used = Math.min(decay, (1.0 + updates) / (10.0 + updates));
        updates++;
        Aten.withoutGradients(() -> Aten.FOREACH_LERP_IN_PLACE.run(
                Aten.list(averages), Aten.list(parameters.tensors), Aten.scalar(1 - used)));
    }

    /** The averages by parameter name, without gradients: weights to draw, to validate and to ship with. */
    public Map<String, Tensor> averages() {
        return Collections.unmodifiableMap(parameters.named("", averages));
    }

    /** What it remembers. */
    public OptimizerState state() {
        return new OptimizerState(parameters.named("ema.", averages), Map.of(UPDATES, updates));
    }

    /**
     * Takes over a saved state.
     *
     * @throws IllegalArgumentException if its names or shapes are not those of {@link #state}
     */
    public void load(OptimizerState saved) {
        state().copyFrom(saved);
        updates = saved.counter(UPDATES);
    }

    /** Frees the averages. */
    @Override
    public void close() {
        parameters.close();
    }
}
