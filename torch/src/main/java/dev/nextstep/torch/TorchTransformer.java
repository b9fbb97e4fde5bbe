package dev.nextstep.torch;

import dev.nextstep.checkpoint.ModelConfig;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** The causal transformer over rows of embeddings (spec §3), as a differentiable function of its weights. */
public final class TorchTransformer {
    private final ModelConfig config;

    /**
     * The transformer of this configuration.
     *
     * @throws IllegalArgumentException if it uses a position table or a sliding window, which are not trained here
     */
    public TorchTransformer(ModelConfig config) {
        if (config.positionGrid().isPresent() || config.slidingWindow().isPresent()) {
            throw new IllegalArgumentException("use_gen_pos_embed and use_sliding_window cannot be trained here");
        }
        this.config = config;
    }

    /** Embeddings fp32 [n, length, hidden] of token ids [n, length]. */
    public Tensor embed(StepWeights weights, Tensor ids) {
        return torch.embedding(weights.master("embed_tokens.weight"), ids);
    }

    /** Embeddings fp32 [rows, hidden] of image tokens [rows, tokenDimension]. */
    public Tensor embedImageTokens(StepWeights weights, Tensor tokens) {
        return weights.linear("image_in_projector", tokens).to(ScalarType.Float);
    }

    /** Logits fp32 [rows, vocabulary] of hidden states [rows, hidden]. */
    public Tensor logits(StepWeights weights, Tensor hidden) {
        String name = config.tiedEmbeddings() ? "embed_tokens" : "lm_head";
        return weights.linear(name, hidden).to(ScalarType.Float);
    }

    /** Conditions of the flow head [rows, hidden], in the products' type, of hidden states [rows, hidden]. */
    public Tensor condition(StepWeights weights, Tensor hidden) {
        return weights.linear("image_out_projector", hidden);
    }

    /**
     * Hidden states of whole sequences; each position sees itself and the positions before it.
     *
     * @param embeddings fp32 [n, length, hidden]
     * @return fp32 [n, length, hidden], after the final norm
     */
    public Tensor forward(StepWeights weights, Tensor embeddings) {
        return forward(weights, embeddings, null);
    }

    /**
     * The same with a mask.
     *
     * @param mask added to the attention scores, [n or 1, 1, length, length]: 0 where a query sees a key, −∞ where not; causal
     *     if null
     */
    public Tensor forward(StepWeights weights, Tensor embeddings, @Nullable Tensor mask) {
        var rotation = Rotation.of(config, embeddings.size(1));
        var roundedMask = mask == null ? null : weights.round(mask);
        var x = embeddings;
        for (int layer = 0; layer < config.layers(); layer++) {
            String at = "layers." + layer + ".";
            var normed = norm(weights, at + "input_layernorm.weight", x);
            x = x.add(attention(weights, at + "self_attn.", normed, rotation, roundedMask));
            x = x.add(mlp(weights, at + "mlp.", norm(weights, at + "post_attention_layernorm.weight", x)));
        }
        return norm(weights, "norm.weight", x);
    }

    private Tensor norm(StepWeights weights, String name, Tensor x) {
        return torch.rms_norm(
                x,
                new long[] {config.hiddenSize()},
                new TensorOptional(weights.master(name)),
                new DoubleOptional(config.rmsNormEpsilon()));
    }

    private Tensor mlp(StepWeights weights, String at, Tensor x) {
        var input = weights.round(x);
        var gate = torch.silu(weights.linear(at + "gate_proj", input));
        return weights.linear(at + "down_proj", gate.mul(weights.linear(at + "up_proj", input)));
    }

    private Tensor attention(StepWeights weights, String at, Tensor x, Rotation rotation, @Nullable Tensor mask) {
        var input = weights.round(x);
        var q = rotation.apply(heads(weights.linear(at + "q_proj", input), config.attentionHeads()));
        var k = rotation.apply(heads(weights.linear(at + "k_proj", input), config.keyValueHeads()));
        var v = heads(weights.linear(at + "v_proj", input), config.keyValueHeads());
        // Heads that share keys and values are told by the last argument.
        var mixed = torch.scaled_dot_product_attention(
                q,
                k,
                v,
                mask == null ? new TensorOptional() : new TensorOptional(mask),
                0,
                mask == null,
                new DoubleOptional(),
                config.attentionHeads() != config.keyValueHeads());
        var rows = mixed.transpose(1, 2).reshape(x.size(0), x.size(1), -1);
        return weights.linear(at + "o_proj", rows);
    }

    /** [n, length, heads · d] to [n, heads, length, d]. */
    private Tensor heads(Tensor x, int heads) {
        return x.view(x.size(0), x.size(1), heads, config.headDimension()).transpose(1, 2);
    }

    /**
     * Rotary positions 0, 1, 2, … (spec §3.3).
     *
     * @param cosine [length, d], both halves alike
     * @param sine [length, d]
     */
    private record Rotation(Tensor cosine, Tensor sine) {
        static Rotation of(ModelConfig config, long length) {
            int half = config.headDimension() / 2;
            var angles = new float[Math.toIntExact(length) * 2 * half];
            for (int k = 0; k < half; k++) {
                float exponent = (float) (2 * k) / config.headDimension();
                float frequency = 1 / (float) StrictMath.pow((float) config.ropeTheta(), exponent);
                for (int p = 0; p < length; p++) {
                    angles[p * 2 * half + k] = p * frequency;
                    angles[p * 2 * half + half + k] = p * frequency;
                }
            }
            var all = Tensors.of(angles, length, 2L * half);
            return new Rotation(torch.cos(all), torch.sin(all));
        }

        Tensor apply(Tensor x) {
            var halves = x.chunk(2, -1);
            var turned = torch.cat(new TensorVector(halves.get(1).neg(), halves.get(0)), -1);
            return x.mul(cosine.to(x.scalar_type())).add(turned.mul(sine.to(x.scalar_type())));
        }
    }
}
