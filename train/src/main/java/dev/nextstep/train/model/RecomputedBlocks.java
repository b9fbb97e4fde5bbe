package dev.nextstep.train.model;

import dev.nextstep.torch.Scoped;
import dev.nextstep.torch.StepWeights;
import dev.nextstep.torch.TorchTransformer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/**
 * The blocks of a transformer without a graph for gradients: forward keeps what each block reads, backward goes through them
 * from the last to the first, each forward again, this time with its graph. For one thread; belongs to the pointer scope in
 * which it is made.
 */
final class RecomputedBlocks {
    private final TorchTransformer transformer;
    private final StepWeights weights;
    private final TorchTransformer.Pass pass;
    private final Tensor embedded;
    private final Tensor[] inputs;
    private final Tensor output;

    /**
     * Goes forward.
     *
     * @param embedded fp32 [n, length, hidden], with the graph that leads to it
     */
    RecomputedBlocks(
            TorchTransformer transformer,
            int layers,
            StepWeights weights,
            Tensor embedded,
            TorchTransformer.Pass pass) {
        this.transformer = transformer;
        this.weights = weights;
        this.pass = pass;
        this.embedded = embedded;
        this.inputs = new Tensor[layers];
        var x = embedded.detach();
        try (var _ = new NoGradGuard()) {
            for (int layer = 0; layer < layers; layer++) {
                inputs[layer] = x;
                x = block(layer, x);
            }
        }
        output = leaf(x);
    }

    /** With weights that are rounded for this block alone, so that those of one block are there at a time. */
    private Tensor block(int layer, Tensor x) {
        return Scoped.result(() -> transformer.block(weights.anew(), layer, x, pass));
    }

    /** What the last block gave, as a leaf that wants a gradient. */
    Tensor output() {
        return output;
    }

    /** Goes backward from the gradient of {@link #output}; can be called once. */
    void backward() {
        var gradient = gradient(output);
        for (int layer = inputs.length - 1; layer >= 0; layer--) {
            var next = backward(layer, gradient);
            // Not at the end of the step only: they are as large as what was kept.
            gradient.close();
            inputs[layer].close();
            gradient = next;
        }
        backward(embedded, gradient);
    }

    private Tensor backward(int layer, Tensor gradient) {
        return Scoped.result(() -> {
            var input = leaf(inputs[layer]);
            backward(block(layer, input), gradient);
            return gradient(input);
        });
    }

    private static Tensor leaf(Tensor x) {
        var leaf = x.detach();
        leaf.set_requires_grad(true);
        return leaf;
    }

    /** A tensor of its own: what {@code grad()} gives lives in the leaf. */
    private static Tensor gradient(Tensor leaf) {
        return leaf.grad().detach();
    }

    private static void backward(Tensor of, Tensor gradient) {
        of.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
    }
}
