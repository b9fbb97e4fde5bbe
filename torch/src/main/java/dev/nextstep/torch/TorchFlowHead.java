package dev.nextstep.torch;

import dev.nextstep.checkpoint.ModelConfig;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The flow-matching head (spec §6.1) as a differentiable function of its weights. Stateless. */
public final class TorchFlowHead {
    private static final double EPSILON = 1e-6;
    private static final String NET = "image_head.net.";

    private final ModelConfig config;

    /** The head of this configuration. */
    public TorchFlowHead(ModelConfig config) {
        this.config = config;
    }

    /**
     * The conditions as the blocks add them to the embedded time; once for a token, however often its velocity is asked for.
     *
     * @param condition [rows, hidden]
     * @return [rows, width]
     */
    public Tensor embedCondition(StepWeights weights, Tensor condition) {
        return weights.linear(NET + "cond_embed", condition);
    }

    /**
     * Velocities.
     *
     * @param x noisy tokens, fp32 [rows, tokenDimension]
     * @param t times in 0..1, fp32 [rows]; 0 is noise, 1 is data
     * @param embeddedCondition [rows, width] of {@link #embedCondition}
     * @return fp32 [rows, tokenDimension]
     */
    public Tensor velocity(StepWeights weights, Tensor x, Tensor t, Tensor embeddedCondition) {
        var y = Scoped.result(() -> torch.silu(embedTime(weights, t).add(embeddedCondition)));
        int width = config.flowHeadWidth();
        // The residual sum stays fp32, as that of the transformer does.
        var stream = Scoped.result(() -> weights.linear(NET + "input_proj", x).to(ScalarType.Float));
        for (int i = 0; i < config.flowHeadLayers(); i++) {
            stream = block(weights, NET + "res_blocks." + i + ".", stream, y);
        }
        var end = stream;
        return Scoped.result(() -> {
            var last = weights.linear(NET + "final_layer.adaLN_modulation.1", y).chunk(2, -1);
            var normed = torch.layer_norm(
                    end, new long[] {width}, new TensorOptional(), new TensorOptional(), EPSILON, false);
            return weights.linear(NET + "final_layer.linear", modulate(weights, normed, last))
                    .to(ScalarType.Float);
        });
    }

    private Tensor block(StepWeights weights, String at, Tensor stream, Tensor y) {
        return Scoped.result(() -> {
            var parts = weights.linear(at + "adaLN_modulation.1", y).chunk(3, -1);
            var normed = torch.layer_norm(
                    stream,
                    new long[] {config.flowHeadWidth()},
                    new TensorOptional(weights.master(at + "in_ln.weight")),
                    new TensorOptional(weights.master(at + "in_ln.bias")),
                    EPSILON,
                    false);
            var inner = torch.silu(weights.linear(at + "mlp.0", modulate(weights, normed, parts)));
            return stream.add(parts.get(2).mul(weights.linear(at + "mlp.2", inner)));
        });
    }

    private static Tensor modulate(StepWeights weights, Tensor normed, TensorVector parts) {
        var rounded = weights.round(normed);
        return torch.addcmul(parts.get(0).add(rounded), rounded, parts.get(1));
    }

    private static Tensor embedTime(StepWeights weights, Tensor t) {
        int half = ModelShapes.TIME_FEATURES / 2;
        var frequencies = new float[half];
        float negativeLog = (float) -StrictMath.log(10000);
        for (int k = 0; k < half; k++) {
            frequencies[k] = (float) StrictMath.exp(negativeLog * k / half);
        }
        var angles = torch.outer(t, Tensors.of(frequencies, half).to(t.device(), t.scalar_type()));
        var features = torch.cat(new TensorVector(torch.cos(angles), torch.sin(angles)), -1);
        var hidden = torch.silu(weights.linear(NET + "time_embed.mlp.0", features));
        return weights.linear(NET + "time_embed.mlp.2", hidden);
    }
}
