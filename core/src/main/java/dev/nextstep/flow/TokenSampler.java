package dev.nextstep.flow;

import dev.nextstep.kernel.ThreadTeam;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to sample image tokens: one sampler, one time grid, one guidance, for all tokens of a request. The embedded times
 * are computed once. Tokens of different ways are sampled together by {@link #sampleAll}. Immutable and thread-safe.
 */
public final class TokenSampler {
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
     * One token to be sampled.
     *
     * @param sampler how
     * @param guidanceRows rows of conditions it has, 1 to 3
     * @param token its index in the picture; with {@code total} it decides the scheduled scales
     * @param total tokens of the picture
     * @param draws normal numbers [tokenDim]; draw 0 is the initial noise
     */
    public record Request(TokenSampler sampler, int guidanceRows, int token, int total, Draws draws) {}

    /** Sees the states of tokens that are asked for at the same time. */
    @FunctionalInterface
    interface CallObserver {
        /**
         * Called for each call of the network.
         *
         * @param call index of the call in each run
         * @param x states [running, tokenDim] that the network was asked at
         * @param rows velocities [Σ guidance rows, tokenDim] before guidance, request by request
         * @param guided velocities [running, tokenDim]
         */
        void called(int call, float[] x, float[] rows, float[] guided);
    }

    /**
     * Samples tokens that need not have anything in common: samplers, steps and guidance may differ. All share each read
     * of the head's weights, call by call; those with fewer calls are ready earlier. A token does not depend on the others.
     *
     * @param requests the tokens, all of the same head
     * @param conditions [Σ guidance rows, hidden] after the out-projector, request by request
     * @return tokens [requests, tokenDim]
     */
    public static float[] sampleAll(ThreadTeam team, FlowHead head, List<Request> requests, float[] conditions) {
        return sampleAll(team, head, requests, conditions, (call, x, rows, guided) -> {});
    }

    static float[] sampleAll(
            ThreadTeam team, FlowHead head, List<Request> requests, float[] conditions, CallObserver observer) {
        return new TokenBatch(team, head, requests, conditions, observer).run();
    }

    /**
     * Samples the next token of n pictures.
     *
     * @param conditions [m·n, hidden] after the out-projector, guidance blocks one after another
     * @param n pictures
     * @param m guidance rows per picture
     * @param made tokens made so far
     * @param total tokens of a picture; with {@code made} it decides the scheduled scales
     * @param draws normal numbers [n, tokenDim]; draw 0 is the initial noise
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
        int dim = head.tokenDim();
        var filled = new float[n * dim];
        var drawn = new int[] {-1};
        var requests = new ArrayList<Request>(n);
        for (int i = 0; i < n; i++) {
            int at = i * dim;
            requests.add(new Request(this, m, made, total, (draw, target) -> {
                if (drawn[0] != draw) { // all pictures ask for a draw before any asks for the next
                    draws.fill(draw, filled);
                    drawn[0] = draw;
                }
                System.arraycopy(filled, at, target, 0, dim);
            }));
        }
        return sampleAll(
                team,
                head,
                requests,
                transposed(conditions, m, n),
                (call, x, rows, guided) ->
                        observer.evaluated(sampler.evaluation(call), x, transposed(rows, n, m), guided));
    }

    // Rows [a][b] to rows [b][a].
    private static float[] transposed(float[] rows, int a, int b) {
        int width = rows.length / (a * b);
        var turned = new float[rows.length];
        for (int i = 0; i < a; i++) {
            for (int j = 0; j < b; j++) {
                System.arraycopy(rows, (i * b + j) * width, turned, (j * a + i) * width, width);
            }
        }
        return turned;
    }

    FlowHead head() {
        return head;
    }

    Sampler sampler() {
        return sampler;
    }

    Guidance guidance() {
        return guidance;
    }

    /** Embedded times of the grid's evaluations [evaluations, width]. */
    float[] times() {
        return times;
    }
}
