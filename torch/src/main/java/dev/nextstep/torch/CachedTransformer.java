package dev.nextstep.torch;

import dev.nextstep.checkpoint.ModelConfig;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The transformer one stretch of positions at a time, for drawing and writing: all sequences share the linear layers. */
final class CachedTransformer {
    /** New positions of one sequence. */
    record Stretch(CachedAttention cache, int count) {}

    private final ModelConfig config;
    private final TorchTransformer transformer;
    private final Placement placement;

    CachedTransformer(ModelConfig config, TorchTransformer transformer, Placement placement) {
        this.config = config;
        this.transformer = transformer;
        this.placement = placement;
    }

    /**
     * Appends positions to their sequences.
     *
     * @param stretches one after another
     * @param embeddings [Σ count, hidden]
     * @return hidden states after the final norm [Σ count, hidden]
     */
    Tensor forward(StepWeights weights, List<Stretch> stretches, Tensor embeddings) {
        long rows = embeddings.size(0);
        var positions = new float[Math.toIntExact(rows)];
        int at = 0;
        for (var stretch : stretches) {
            for (int i = 0; i < stretch.count; i++) {
                positions[at++] = stretch.cache.offset() + stretch.cache.length() + i;
            }
        }
        var rotation = RotaryTable.of(config, positions).on(placement);
        var x = embeddings;
        for (int layer = 0; layer < config.layers(); layer++) {
            String name = "layers." + layer + ".";
            var normed = weights.round(transformer.norm(weights, name + "input_layernorm.weight", x));
            x = x.add(attention(weights, name + "self_attn.", layer, normed, rotation, stretches));
            x = x.add(transformer.mlp(
                    weights, name + "mlp.", transformer.norm(weights, name + "post_attention_layernorm.weight", x)));
        }
        stretches.forEach(stretch -> stretch.cache.grow(stretch.count));
        return transformer.norm(weights, "norm.weight", x);
    }

    private Tensor attention(
            StepWeights weights, String at, int layer, Tensor x, RotaryTable rotation, List<Stretch> stretches) {
        var q = rotation.apply(heads(weights.linear(at + "q_proj", x), config.attentionHeads()));
        var k = rotation.apply(heads(weights.linear(at + "k_proj", x), config.keyValueHeads()));
        var v = heads(weights.linear(at + "v_proj", x), config.keyValueHeads());
        var mixed = new Tensor[stretches.size()];
        long first = 0;
        for (int i = 0; i < mixed.length; i++) {
            var stretch = stretches.get(i);
            stretch.cache.append(layer, k.narrow(1, first, stretch.count), v.narrow(1, first, stretch.count));
            mixed[i] = attend(q.narrow(1, first, stretch.count), layer, stretch);
            first += stretch.count;
        }
        var all = mixed.length == 1 ? mixed[0] : torch.cat(new TensorVector(mixed), 0);
        return weights.linear(at + "o_proj", all);
    }

    /** [heads, n, d] queries to [n, heads · d]; the keys are those of the cache and the new ones. */
    private Tensor attend(Tensor q, int layer, Stretch stretch) {
        long n = stretch.count;
        long before = stretch.cache.length();
        int heads = config.attentionHeads();
        int groups = config.keyValueHeads();
        int d = config.headDimension();
        var keys = stretch.cache.keys(layer, n);
        var values = stretch.cache.values(layer, n);
        // Queries that share keys lie one after another, so keys and values need not be repeated.
        var queries = q.mul(Scalars.of(1 / Math.sqrt((double) d))).reshape(groups, heads / groups * n, d);
        var scores = torch.bmm(queries, keys.transpose(1, 2)).view(heads, n, before + n);
        if (n > 1) {
            scores = scores.add(placement.of(CachedAttention.mask(before, n)).to(scores.scalar_type()));
        }
        var shares = torch.softmax(scores, -1).view(groups, heads / groups * n, before + n);
        return torch.bmm(shares, values).view(heads, n, d).transpose(0, 1).reshape(n, (long) heads * d);
    }

    /** [rows, heads · d] to [heads, rows, d]. */
    private Tensor heads(Tensor x, int heads) {
        return x.view(x.size(0), heads, config.headDimension()).transpose(0, 1);
    }
}
