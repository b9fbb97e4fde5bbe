package dev.nextstep.torch;

import dev.nextstep.checkpoint.ModelConfig;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
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
        var pass = pass(weights, embeddings.size(1), mask);
        var x = embeddings;
        for (int layer = 0; layer < config.layers(); layer++) {
            x = block(weights, layer, x, pass);
        }
        return finish(weights, x);
    }

    /**
     * What all blocks share in a pass over rows of this length.
     *
     * @param mask as in {@link #forward(StepWeights, Tensor, Tensor)}
     */
    public Pass pass(StepWeights weights, long length, @Nullable Tensor mask) {
        return new Pass(
                RotaryTable.of(config, length),
                Scoped.result(() -> weights.round(mask == null ? causal(length) : mask)));
    }

    /**
     * One block.
     *
     * @param layer its number, from 0
     * @param x fp32 [n, length, hidden]: the embeddings, or what the block before gave
     * @return fp32 [n, length, hidden]
     */
    public Tensor block(StepWeights weights, int layer, Tensor x, Pass pass) {
        String at = "layers." + layer + ".";
        return Scoped.result(() -> {
            var middle = x.add(Scoped.result(() -> {
                var normed = norm(weights, at + "input_layernorm.weight", x);
                return attention(weights, at + "self_attn.", normed, pass.rotation, pass.mask);
            }));
            return middle.add(Scoped.result(
                    () -> mlp(weights, at + "mlp.", norm(weights, at + "post_attention_layernorm.weight", middle))));
        });
    }

    /** The final norm, fp32 [n, length, hidden], of what the last block gave. */
    public Tensor finish(StepWeights weights, Tensor x) {
        return Scoped.result(() -> norm(weights, "norm.weight", x));
    }

    /** What all blocks share in a pass; belongs to the pointer scope in which it was made. */
    public static final class Pass {
        private final RotaryTable rotation;
        private final Tensor mask;

        private Pass(RotaryTable rotation, Tensor mask) {
            this.rotation = rotation;
            this.mask = mask;
        }
    }

    Tensor norm(StepWeights weights, String name, Tensor x) {
        return torch.rms_norm(
                x,
                new long[] {config.hiddenSize()},
                new TensorOptional(weights.master(name)),
                new DoubleOptional(config.rmsNormEpsilon()));
    }

    Tensor mlp(StepWeights weights, String at, Tensor x) {
        var input = weights.round(x);
        var gate = torch.silu(weights.linear(at + "gate_proj", input));
        return weights.linear(at + "down_proj", gate.mul(weights.linear(at + "up_proj", input)));
    }

    private Tensor attention(StepWeights weights, String at, Tensor x, RotaryTable rotation, Tensor mask) {
        var input = weights.round(x);
        var q = rotation.apply(heads(weights.linear(at + "q_proj", input), config.attentionHeads()));
        var k = rotation.apply(heads(weights.linear(at + "k_proj", input), config.keyValueHeads()));
        var v = heads(weights.linear(at + "v_proj", input), config.keyValueHeads());
        var mixed = x.is_cuda() ? fused(q, k, v, mask) : explicit(q, k, v, mask);
        return weights.linear(at + "o_proj", mixed.transpose(1, 2).reshape(x.size(0), x.size(1), -1));
    }

    private Tensor fused(Tensor q, Tensor k, Tensor v, Tensor mask) {
        // Heads that share keys and values are told by the last argument.
        return torch.scaled_dot_product_attention(
                q,
                k,
                v,
                new TensorOptional(mask),
                0,
                false,
                new DoubleOptional(),
                config.attentionHeads() != config.keyValueHeads());
    }

    /** The same by plain products: libtorch's fused kernel takes forty times as long in bf16 on a processor (measured). */
    private Tensor explicit(Tensor q, Tensor k, Tensor v, Tensor mask) {
        long n = q.size(0);
        long length = q.size(2);
        int heads = config.attentionHeads();
        int groups = config.keyValueHeads();
        int d = config.headDimension();
        // Queries that share keys lie one after another, so keys and values need not be repeated.
        var queries = q.mul(Scalars.of(1 / Math.sqrt((double) d))).reshape(n * groups, heads / groups * length, d);
        var keys = k.reshape(n * groups, length, d);
        var values = v.reshape(n * groups, length, d);
        var scores = torch.bmm(queries, keys.transpose(1, 2)).view(n, heads, length, length);
        var shares = torch.softmax(scores.add(mask), -1).view(n * groups, heads / groups * length, length);
        return torch.bmm(shares, values).view(n, heads, length, d);
    }

    /** Scores of a sequence in which each position sees itself and those before it, [1, 1, length, length]. */
    private static Tensor causal(long length) {
        var mask = torch.full(new long[] {length, length}, Scalars.of(Float.NEGATIVE_INFINITY));
        return mask.triu(1).view(1, 1, length, length);
    }

    /** [n, length, heads · d] to [n, heads, length, d]. */
    private Tensor heads(Tensor x, int heads) {
        return x.view(x.size(0), x.size(1), heads, config.headDimension()).transpose(1, 2);
    }
}
