package dev.nextstep.flow;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.kernel.Bf16;
import dev.nextstep.kernel.Linear;
import dev.nextstep.kernel.Norms;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.TensorSource;

/** The two linear maps between the transformer and image tokens (spec §2.2): token → embedding, hidden → condition. */
public final class Projectors {
    private static final float EPS = 1e-6f;

    private final Linear in;
    private final Linear out;
    private final Precision precision;

    /**
     * Binds the weights.
     *
     * @throws dev.nextstep.tensor.TensorException if one is missing or misshapen
     */
    public Projectors(ModelConfig config, TensorSource weights, Precision precision) {
        this.in = Linear.load(weights, "image_in_projector", config.hiddenSize(), config.tokenDimension());
        this.out = Linear.load(weights, "image_out_projector", config.hiddenSize(), config.hiddenSize());
        this.precision = precision;
    }

    /** Image tokens [rows, tokenDim] to embeddings [rows, hidden]. */
    public float[] embed(ThreadTeam team, float[] tokens, int rows) {
        var y = new float[rows * in.outputs()];
        in.forward(team, tokens, rows, y);
        return round(y);
    }

    /** Hidden states [rows, hidden] to conditions of the flow head [rows, hidden]. */
    public float[] condition(ThreadTeam team, float[] hidden, int rows) {
        var y = new float[rows * out.outputs()];
        out.forward(team, hidden, rows, y);
        return round(y);
    }

    /**
     * The condition of a picture's first token. In bf16 the official code happens to round before and after the bias
     * there, and only there (spec §15.10); in fp32 this is {@link #condition}.
     */
    public float[] firstCondition(ThreadTeam team, float[] hidden, int rows) {
        float[] bias = out.bias();
        if (precision != Precision.REFERENCE_BF16 || bias == null) {
            return condition(team, hidden, rows);
        }
        var y = new float[rows * out.outputs()];
        out.withoutBias().forward(team, hidden, rows, y);
        Bf16.round(y);
        for (int i = 0; i < y.length; i++) {
            y[i] += bias[i % bias.length];
        }
        return round(y);
    }

    /** {@code use_norm} (spec §6.7): each token to mean 0 and variance 1 over its values, in place. */
    public void normalize(float[] tokens, int rows) {
        Norms.layer(tokens, rows, tokens.length / rows, null, null, EPS, precision, tokens);
    }

    private float[] round(float[] values) {
        if (precision == Precision.REFERENCE_BF16) {
            Bf16.round(values);
        }
        return values;
    }
}
