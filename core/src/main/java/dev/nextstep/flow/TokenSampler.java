package dev.nextstep.flow;

import dev.nextstep.kernel.Bf16;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import java.util.Arrays;

/**
 * Samples image tokens: one sampler, one time grid, one guidance, for all tokens of a request. The embedded times are
 * computed once. Immutable and thread-safe.
 */
public final class TokenSampler {
    // Modulations of all evaluations at once would take 13 MB per picture in the official head: work in stretches.
    private static final long MODULATION_BYTES = 64L << 20;

    private final FlowHead head;
    private final Sampler sampler;
    private final TimeGrid grid;
    private final Guidance guidance;
    private final float[] times;

    /**
     * Prepares a request's sampling.
     *
     * @param steps sampling steps, at least {@link Sampler#minSteps()}
     * @param timestepShift 1 for none; more moves times towards noise
     * @throws IllegalArgumentException naming the allowed range
     */
    public TokenSampler(
            ThreadTeam team, FlowHead head, Sampler sampler, int steps, float timestepShift, Guidance guidance) {
        if (steps < sampler.minSteps() || steps > 10_000) {
            throw new IllegalArgumentException("steps must be between %d and 10000 for sampler %s, not %d"
                    .formatted(sampler.minSteps(), sampler.id(), steps));
        }
        if (!(timestepShift >= 0.01f && timestepShift <= 100)) {
            throw new IllegalArgumentException("timestep shift must be between 0.01 and 100, not " + timestepShift);
        }
        this.head = head;
        this.sampler = sampler;
        this.grid = sampler.grid(steps, timestepShift);
        this.guidance = guidance;
        this.times = head.timeEmbedding().embed(team, grid.evaluations());
    }

    /** Times of this sampler. */
    public TimeGrid grid() {
        return grid;
    }

    /**
     * Samples the next token of n pictures.
     *
     * @param conditions [m·n, hidden] after the out-projector, guidance blocks one after another
     * @param n pictures
     * @param m guidance rows per picture
     * @param made tokens made so far
     * @param total tokens of a picture; with {@code made} it decides the scheduled scales
     * @param draws normal numbers; draw 0 is the initial noise
     * @return tokens [n, tokenDim]
     */
    public float[] sample(ThreadTeam team, float[] conditions, int n, int m, int made, int total, Draws draws) {
        return sample(team, conditions, n, m, made, total, draws, (evaluation, x, rows, guided) -> {});
    }

    /** Sees each evaluation, for tests. */
    @FunctionalInterface
    public interface Observer {
        /**
         * Called for each evaluation.
         *
         * @param evaluation index into the grid's evaluations
         * @param x states [n, tokenDim] that the network was asked at
         * @param rows velocities [m·n, tokenDim] before guidance
         * @param guided velocities [n, tokenDim]
         */
        void evaluated(int evaluation, float[] x, float[] rows, float[] guided);
    }

    /** Like the other {@code sample}, showing each evaluation. */
    public float[] sample(
            ThreadTeam team, float[] conditions, int n, int m, int made, int total, Draws draws, Observer observer) {
        float text = guidance.schedule().at(guidance.textScale(), made, total);
        float image = guidance.schedule().at(guidance.imageScale(), made, total);
        float[] embedded = head.embedCondition(team, conditions, m * n);
        var stretch = new Stretch(team, embedded, m * n);
        var guided = new float[n * head.tokenDim()];
        var x = new float[n * head.tokenDim()];
        draws.fill(0, x);
        sampler.run(
                grid,
                x,
                (evaluation, state) -> {
                    var modulations = stretch.holding(evaluation);
                    float[] rows = head.velocity(team, modulations, evaluation - stretch.first, state, n, m);
                    guidance.combine(rows, n, m, text, image, guided);
                    observer.evaluated(evaluation, state, rows, guided);
                    return guided;
                },
                draws);
        if (head.precision() == Precision.REFERENCE_BF16) {
            Bf16.round(x);
        }
        return x;
    }

    /** The modulations around the current evaluation; evaluations come in ascending order, Heun's two at a time. */
    private final class Stretch {
        private final ThreadTeam team;
        private final float[] conditions;
        private final int size;
        private int first;
        private FlowHead.Modulations current;

        Stretch(ThreadTeam team, float[] conditions, int rows) {
            this.team = team;
            this.conditions = conditions;
            long perEvaluation = (long) rows * head.modulationFloats() * Float.BYTES;
            this.size = Math.clamp(MODULATION_BYTES / perEvaluation, 1, grid.evaluations().length);
            this.current = compute(0);
        }

        FlowHead.Modulations holding(int evaluation) {
            if (evaluation < first || evaluation >= first + current.evaluations()) {
                first = evaluation;
                current = compute(evaluation);
            }
            return current;
        }

        private FlowHead.Modulations compute(int from) {
            int to = Math.min(grid.evaluations().length, from + size);
            float[] some = Arrays.copyOfRange(times, from * head.width(), to * head.width());
            return head.modulations(team, some, conditions);
        }
    }
}
