package dev.nextstep.train.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019; spec §8.4), with the arithmetic of PyTorch:
 *
 * <pre>
 * θ ← θ · (1 − lr·decay)
 * m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²
 * θ ← θ − lr / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
 * </pre>
 *
 * All parameters go through one native call.
 */
public final class AdamW implements Optimizer {
    private final AdamWSettings settings;
    private final Parameters parameters;
    private final List<Tensor> means;
    private final List<Tensor> squares;
    private final long[] steps;

    /**
     * Starts with moments of zero.
     *
     * @param parameters fp32 leaf tensors by name
     * @throws IllegalArgumentException if one is not fp32
     */
    public AdamW(SequencedMap<String, Tensor> parameters, AdamWSettings settings) {
        this.settings = settings;
        this.parameters = new Parameters(parameters);
        this.means = this.parameters.zeros();
        this.squares = this.parameters.zeros();
        this.steps = new long[parameters.size()];
    }

    @Override
    public void step(double lrFactor) {
        OptimizerSettings.between("factor of the learning rate", lrFactor, 0, Double.MAX_VALUE);
        Aten.withoutGradients(() -> {
            var present = parameters.withGradients();
            if (present.isEmpty()) {
                return;
            }
            present.indices().forEach(i -> steps[i]++);
            Aten.FUSED_ADAMW.run(
                    Aten.list(present.of(parameters.tensors)),
                    Aten.list(present.gradients()),
                    Aten.list(present.of(means)),
                    Aten.list(present.of(squares)),
                    Aten.list(),
                    Aten.list(stepTensors(present)),
                    new IValue(settings.learningRate() * lrFactor),
                    new IValue(settings.beta1()),
                    new IValue(settings.beta2()),
                    new IValue(settings.weightDecay()),
                    new IValue(settings.epsilon()),
                    new IValue(false),
                    new IValue(false),
                    new IValue(),
                    new IValue());
        });
    }

    // Parameters that share a count share its tensor: as a rule there is one.
    private List<Tensor> stepTensors(Parameters.WithGradients present) {
        var byCount = new HashMap<Long, Tensor>();
        var result = new ArrayList<Tensor>();
        for (int i : present.indices()) {
            var options = parameters.tensors.get(i).options();
            result.add(byCount.computeIfAbsent(
                    steps[i], count -> torch.full(new long[0], new Scalar((double) count), options)));
        }
        return result;
    }

    @Override
    public OptimizerState state() {
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.putAll(parameters.named("adamw.m.", means));
        tensors.putAll(parameters.named("adamw.v.", squares));
        Map<String, Long> counters = new LinkedHashMap<>();
        for (int i = 0; i < steps.length; i++) {
            counters.put("adamw.step." + parameters.names.get(i), steps[i]);
        }
        return new OptimizerState(tensors, counters);
    }

    @Override
    public void load(OptimizerState saved) {
        state().copyFrom(saved);
        Arrays.setAll(steps, i -> saved.counter("adamw.step." + parameters.names.get(i)));
    }

    @Override
    public void close() {
        parameters.close();
    }
}
