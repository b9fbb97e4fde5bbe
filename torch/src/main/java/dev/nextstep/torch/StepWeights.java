package dev.nextstep.torch;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Weights as one step sees them: matrices and kernels rounded once to the type of the products, gradients flowing back to
 * the fp32 masters. Belongs to the pointer scope in which it is made, that of the step.
 */
public final class StepWeights {
    private final Weights weights;
    private final Compute compute;
    private final @Nullable PointerScope home = PointerScope.getInnerScope();
    private final Map<String, Tensor> rounded = new HashMap<>();

    /** The weights for one step. */
    public StepWeights(Weights weights, Compute compute) {
        this.weights = weights;
        this.compute = compute;
    }

    /** The same weights, rounded anew: for a part of a step that goes forward and backward by itself. */
    public StepWeights anew() {
        return new StepWeights(weights, compute);
    }

    /** In which numbers the step computes. */
    public Compute compute() {
        return compute;
    }

    /** Whether there is such a weight. */
    public boolean has(String name) {
        return weights.has(name);
    }

    /** The fp32 weight itself. */
    public Tensor master(String name) {
        return weights.get(name);
    }

    /** The weight in the type of the products. */
    public Tensor rounded(String name) {
        return switch (compute) {
            case FP32 -> weights.get(name);
            case BF16_MIXED -> rounded.computeIfAbsent(name, this::toBfloat16);
        };
    }

    /** For the whole step, also when first asked for in an inner scope. */
    private Tensor toBfloat16(String name) {
        var made = weights.get(name).to(ScalarType.BFloat16);
        Scoped.keep(home, made);
        return made;
    }

    /** Values in the type of the products. */
    public Tensor round(Tensor x) {
        return switch (compute) {
            case FP32 -> x;
            case BF16_MIXED -> x.to(ScalarType.BFloat16);
        };
    }

    /** x·Wᵀ + b with {@code name.weight} and, if there is one, {@code name.bias}; the result has the products' type. */
    public Tensor linear(String name, Tensor x) {
        var weight = rounded(name + ".weight");
        String bias = name + ".bias";
        return has(bias)
                ? torch.linear(round(x), weight, new TensorOptional(rounded(bias)))
                : torch.linear(round(x), weight, new TensorOptional());
    }
}
