package dev.nextstep.transformer;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.kernel.Activations;
import dev.nextstep.kernel.Attention;
import dev.nextstep.kernel.Bf16;
import dev.nextstep.kernel.Linear;
import dev.nextstep.kernel.Norms;
import dev.nextstep.kernel.PagedAttention;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.TensorSource;
import java.util.List;

/** One decoder layer (spec §3.1): x ← x + Attention(RMS(x)); x ← x + MLP(RMS(x)), the MLP being SwiGLU. */
final class TransformerBlock {
    private final int layer;
    private final float eps;
    private final Precision precision;
    private final Attention.Shape shape;
    private final RotaryEmbedding rotary;
    private final float[] inputNorm;
    private final float[] attentionNorm;
    private final Linear q;
    private final Linear k;
    private final Linear v;
    private final Linear o;
    private final Linear gate;
    private final Linear up;
    private final Linear down;

    TransformerBlock(
            ModelConfig config, TensorSource weights, int layer, Attention.Shape shape, RotaryEmbedding rotary) {
        this.layer = layer;
        this.eps = config.rmsNormEpsilon();
        this.precision = shape.precision();
        this.shape = shape;
        this.rotary = rotary;
        String at = "layers." + layer + ".";
        int hidden = config.hiddenSize();
        int middle = config.intermediateSize();
        int queries = shape.heads() * shape.headDim();
        int keys = shape.kvHeads() * shape.headDim();
        inputNorm = weights.require(at + "input_layernorm.weight", hidden).toFloats();
        attentionNorm =
                weights.require(at + "post_attention_layernorm.weight", hidden).toFloats();
        boolean qkvBias = config.attentionBias();
        q = linear(weights, at + "self_attn.q_proj", queries, hidden, qkvBias);
        k = linear(weights, at + "self_attn.k_proj", keys, hidden, qkvBias);
        v = linear(weights, at + "self_attn.v_proj", keys, hidden, qkvBias);
        o = linear(weights, at + "self_attn.o_proj", hidden, queries, config.outputBias());
        gate = linear(weights, at + "mlp.gate_proj", middle, hidden, config.mlpBias());
        up = linear(weights, at + "mlp.up_proj", middle, hidden, config.mlpBias());
        down = linear(weights, at + "mlp.down_proj", hidden, middle, config.mlpBias());
    }

    private static Linear linear(TensorSource weights, String name, int outputs, int inputs, boolean bias) {
        return bias
                ? Linear.load(weights, name, outputs, inputs)
                : Linear.loadWithoutBias(weights, name, outputs, inputs);
    }

    /** Adds this layer's two residuals to x [rows, hidden], rows grouped by span, and writes keys and values. */
    void forward(ThreadTeam team, List<Span> spans, float[] x, int rows) {
        int hidden = inputNorm.length;
        var normed = new float[rows * hidden];
        Norms.rms(x, rows, inputNorm, eps, precision, normed);
        var added = new float[rows * hidden];
        attention(team, spans, normed, rows, added);
        residual(x, added, rows * hidden);

        Norms.rms(x, rows, attentionNorm, eps, precision, normed);
        int middle = gate.outputs();
        var gated = new float[rows * middle];
        var raised = new float[rows * middle];
        gate.forward(team, normed, rows, gated);
        up.forward(team, normed, rows, raised);
        round(gated);
        round(raised);
        if (precision == Precision.REFERENCE_BF16) {
            Activations.silu(gated, 0, gated.length);
            Bf16.round(gated);
            for (int i = 0; i < gated.length; i++) {
                gated[i] = Bf16.round(gated[i] * raised[i]);
            }
        } else {
            Activations.swiGlu(gated, raised, gated.length);
        }
        down.forward(team, gated, rows, added);
        round(added);
        residual(x, added, rows * hidden);
    }

    private void attention(ThreadTeam team, List<Span> spans, float[] normed, int rows, float[] out) {
        int heads = shape.heads();
        int kvHeads = shape.kvHeads();
        int headDim = shape.headDim();
        int queryWidth = heads * headDim;
        int keyWidth = kvHeads * headDim;
        var queries = new float[rows * queryWidth];
        var keys = new float[rows * keyWidth];
        var values = new float[rows * keyWidth];
        q.forward(team, normed, rows, queries);
        k.forward(team, normed, rows, keys);
        v.forward(team, normed, rows, values);
        round(queries);
        round(keys);
        round(values);
        int row = 0;
        for (var span : spans) {
            var cache = span.cache();
            for (int j = 0; j < span.count(); j++, row++) {
                int position = cache.nextPosition() + j;
                rotary.rotate(queries, row * queryWidth, heads, position);
                rotary.rotate(keys, row * keyWidth, kvHeads, position);
                for (int h = 0; h < kvHeads; h++) {
                    cache.put(layer, h, j, keys, values, row * keyWidth + h * headDim);
                }
            }
        }
        var attended = new float[rows * queryWidth];
        var firstRows = new int[spans.size()];
        for (int i = 1; i < firstRows.length; i++) {
            firstRows[i] = firstRows[i - 1] + spans.get(i - 1).count();
        }
        team.run(spans.size() * kvHeads, piece -> {
            var span = spans.get(piece / kvHeads);
            int kvHead = piece % kvHeads;
            int at = firstRows[piece / kvHeads] * queryWidth;
            var cache = span.cache();
            PagedAttention.attend(
                    shape, queries, at, span.count(), cache.layer(layer), cache.length(), kvHead, attended, at);
        });
        o.forward(team, attended, rows, out);
        round(out);
    }

    private void residual(float[] x, float[] added, int n) {
        Activations.add(x, added, n);
        if (precision == Precision.REFERENCE_BF16) {
            Bf16.round(x, 0, n);
        }
    }

    private void round(float[] values) {
        if (precision == Precision.REFERENCE_BF16) {
            Bf16.round(values);
        }
    }
}
