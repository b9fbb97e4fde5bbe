package dev.nextstep.flow;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.kernel.Activations;
import dev.nextstep.kernel.Bf16;
import dev.nextstep.kernel.Linear;
import dev.nextstep.kernel.Norms;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.TensorSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The flow-matching head (spec §6.1): a small MLP with adaptive layer norms that maps a noisy token x, a time t and a
 * condition c to a velocity.
 *
 * <p>The modulations depend on t and c only, not on x. So those of all evaluations of a token are computed in one matrix
 * product ({@link #modulations}), which reads more than half of the head's weights once per token instead of once per
 * step; {@link #velocity(ThreadTeam, Modulations, int[], int[], float[], Probe)} does the rest. Immutable and thread-safe.
 */
public final class FlowHead {
    private static final float EPS = 1e-6f;
    private static final String ROOT = "image_head.net.";

    private final int tokenDim;
    private final int width;
    private final Precision precision;
    private final TimeEmbedding timeEmbedding;
    private final Linear condition;
    private final Linear input;
    private final List<Block> blocks;
    private final Linear finalModulation;
    private final Linear output;

    private record Block(float[] normWeight, float[] normBias, Linear first, Linear second, Linear modulation) {}

    /**
     * Modulations of all evaluations of one token.
     *
     * @param rows conditions
     * @param evaluations times
     * @param blocks per block [evaluations, rows, 3·width]: shift, scale, gate
     * @param last [evaluations, rows, 2·width]: shift, scale
     */
    public record Modulations(int rows, int evaluations, List<float[]> blocks, float[] last) {}

    /** Sees the inside of one evaluation, for tests and for people who study the head. */
    @FunctionalInterface
    public interface Probe {
        /**
         * Called for each stage.
         *
         * @param name {@code input}, {@code block0} …
         * @param values rows of the head's width, valid during the call only
         */
        void see(String name, float[] values);
    }

    /**
     * Binds the weights.
     *
     * @throws dev.nextstep.tensor.TensorException if one is missing or misshapen
     */
    public FlowHead(ModelConfig config, TensorSource weights, Precision precision) {
        this.tokenDim = config.tokenDimension();
        this.width = config.flowHeadWidth();
        this.precision = precision;
        this.timeEmbedding = new TimeEmbedding(weights, ROOT + "time_embed.", width, precision);
        this.condition = Linear.load(weights, ROOT + "cond_embed", width, config.hiddenSize());
        this.input = Linear.load(weights, ROOT + "input_proj", width, tokenDim);
        var list = new ArrayList<Block>();
        for (int i = 0; i < config.flowHeadLayers(); i++) {
            String at = ROOT + "res_blocks." + i + ".";
            list.add(new Block(
                    weights.require(at + "in_ln.weight", width).toFloats(),
                    weights.require(at + "in_ln.bias", width).toFloats(),
                    Linear.load(weights, at + "mlp.0", width, width),
                    Linear.load(weights, at + "mlp.2", width, width),
                    Linear.load(weights, at + "adaLN_modulation.1", 3 * width, width)));
        }
        this.blocks = List.copyOf(list);
        this.finalModulation = Linear.load(weights, ROOT + "final_layer.adaLN_modulation.1", 2 * width, width);
        this.output = Linear.load(weights, ROOT + "final_layer.linear", tokenDim, width);
    }

    /** Length of a token: latent channels · patchSize². */
    public int tokenDim() {
        return tokenDim;
    }

    /** Width of the residual blocks. */
    public int width() {
        return width;
    }

    /** Modulation values of one evaluation and condition: 3·width per block and 2·width at the end. */
    public int modulationFloats() {
        return (3 * blocks.size() + 2) * width;
    }

    /** In which numbers this head computes. */
    public Precision precision() {
        return precision;
    }

    /** The embedding of times. */
    public TimeEmbedding timeEmbedding() {
        return timeEmbedding;
    }

    /** Embeds conditions c [rows, hidden] (after the out-projector) to [rows, width]. */
    public float[] embedCondition(ThreadTeam team, float[] c, int rows) {
        var y = new float[rows * width];
        condition.forward(team, c, rows, y);
        return round(y);
    }

    /**
     * Modulations for each pair of time and condition: Linear(SiLU(time + condition)).
     *
     * @param times embedded times [evaluations, width]
     * @param conditions embedded conditions [rows, width]
     */
    public Modulations modulations(ThreadTeam team, float[] times, float[] conditions) {
        int evaluations = times.length / width;
        int rows = conditions.length / width;
        var sums = new float[evaluations * rows * width];
        for (int e = 0; e < evaluations; e++) {
            for (int r = 0; r < rows; r++) {
                addPair(times, e, conditions, r, sums, e * rows + r);
            }
        }
        return modulations(team, sums, rows, evaluations);
    }

    /** Writes embedded time {@code t} + embedded condition {@code c} as row {@code pair} of {@code sums}. */
    void addPair(float[] times, int t, float[] conditions, int c, float[] sums, int pair) {
        int at = pair * width;
        for (int i = 0; i < width; i++) {
            sums[at + i] = times[t * width + i] + conditions[c * width + i];
        }
    }

    /**
     * Modulations of given sums.
     *
     * @param sums time + condition [evaluations · rows, width]; used up
     */
    Modulations modulations(ThreadTeam team, float[] sums, int rows, int evaluations) {
        round(sums);
        Activations.silu(sums, 0, sums.length);
        round(sums);
        var perBlock = new ArrayList<float[]>(blocks.size());
        for (var block : blocks) {
            perBlock.add(apply(team, block.modulation, sums, evaluations * rows));
        }
        return new Modulations(rows, evaluations, perBlock, apply(team, finalModulation, sums, evaluations * rows));
    }

    /**
     * Velocities of {@code n} states under m = rows / n conditions each.
     *
     * @param evaluation which time of the modulations
     * @param x states [n, tokenDim]; condition row b·n + i belongs to state i
     * @return velocities [m·n, tokenDim] in the order of the conditions
     */
    public float[] velocity(ThreadTeam team, Modulations modulations, int evaluation, float[] x, int n, int m) {
        return velocity(team, modulations, evaluation, x, n, m, null);
    }

    /** Like the other {@code velocity}, showing what happens inside. */
    public float[] velocity(
            ThreadTeam team, Modulations modulations, int evaluation, float[] x, int n, int m, @Nullable Probe probe) {
        int rows = modulations.rows;
        if (rows != n * m) {
            throw new IllegalArgumentException("%d condition rows for %d states × %d".formatted(rows, n, m));
        }
        var pairs = new int[rows];
        var states = new int[rows];
        for (int r = 0; r < rows; r++) {
            pairs[r] = evaluation * rows + r;
            states[r] = r % n;
        }
        return velocity(team, modulations, pairs, states, x, probe);
    }

    /**
     * Velocities of states under conditions of any kind, each at a time of its own.
     *
     * @param pairs for each row its row in the modulations: time and condition
     * @param states for each row its row in {@code x}; guidance rows of a picture have the same
     * @param x states [n, tokenDim]
     * @return velocities [rows, tokenDim]
     */
    public float[] velocity(
            ThreadTeam team, Modulations modulations, int[] pairs, int[] states, float[] x, @Nullable Probe probe) {
        int rows = pairs.length;
        int n = x.length / tokenDim;
        float[] state = x;
        if (precision == Precision.REFERENCE_BF16) {
            state = x.clone();
            Bf16.round(state);
        }
        var projected = new float[n * width];
        input.forward(team, state, 0, n, projected, 0); // the same for all guidance rows of a state
        round(projected);
        var h = new float[rows * width];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(projected, states[r] * width, h, r * width, width);
        }
        show(probe, "input", h);
        var u = new float[rows * width];
        var w = new float[rows * width];
        for (int i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            float[] modulation = modulations.blocks.get(i);
            Norms.layer(h, rows, width, block.normWeight, block.normBias, EPS, precision, u);
            modulate(u, pairs, modulation, 3 * width);
            block.first.forward(team, u, rows, w);
            round(w);
            Activations.silu(w, 0, w.length);
            round(w);
            block.second.forward(team, w, rows, u);
            round(u);
            for (int r = 0; r < rows; r++) {
                int gate = pairs[r] * 3 * width + 2 * width;
                for (int k = 0; k < width; k++) {
                    float gated = modulation[gate + k] * u[r * width + k];
                    if (precision == Precision.REFERENCE_BF16) {
                        h[r * width + k] = Bf16.round(h[r * width + k] + Bf16.round(gated));
                    } else {
                        h[r * width + k] += gated;
                    }
                }
            }
            show(probe, "block" + i, h);
        }
        Norms.layer(h, rows, width, null, null, EPS, precision, u);
        modulate(u, pairs, modulations.last, 2 * width);
        return apply(team, output, u, rows);
    }

    // u ← u·(1 + scale) + shift, row by row; shift comes first in a modulation.
    private void modulate(float[] u, int[] pairs, float[] modulation, int stride) {
        boolean bf16 = precision == Precision.REFERENCE_BF16;
        for (int r = 0; r < pairs.length; r++) {
            int shift = pairs[r] * stride;
            int scale = shift + width;
            int at = r * width;
            for (int k = 0; k < width; k++) {
                if (bf16) {
                    float scaled = Bf16.round(u[at + k] * Bf16.round(1f + modulation[scale + k]));
                    u[at + k] = Bf16.round(scaled + modulation[shift + k]);
                } else {
                    u[at + k] = u[at + k] * (1f + modulation[scale + k]) + modulation[shift + k];
                }
            }
        }
    }

    private float[] apply(ThreadTeam team, Linear linear, float[] x, int rows) {
        var y = new float[rows * linear.outputs()];
        linear.forward(team, x, rows, y);
        return round(y);
    }

    private float[] round(float[] values) {
        if (precision == Precision.REFERENCE_BF16) {
            Bf16.round(values);
        }
        return values;
    }

    private static void show(@Nullable Probe probe, String name, float[] values) {
        if (probe != null) {
            probe.see(name, values);
        }
    }
}
