package dev.nextstep.flow;

import dev.nextstep.kernel.Bf16;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tokens on their way from noise together: call i of the network is call i of every run that has as many. Runs may have
 * different samplers, grids, guidance and numbers of rows; only the rows of the matrix products are shared.
 */
final class TokenBatch {
    // Modulations of all evaluations at once would take 13 MB per picture in the official head: work in stretches.
    private static final long MODULATION_BYTES = 64L << 20;

    private final ThreadTeam team;
    private final FlowHead head;
    private final float[] conditions;
    private final TokenSampler.CallObserver observer;
    private final List<Run> runs = new ArrayList<>();
    private int first; // call
    private int end; // call behind the current stretch
    private FlowHead.Modulations modulations;

    /** One token. */
    private static final class Run {
        final TokenSampler.Request request;
        final SamplerState state;
        final int firstRow;
        final int calls;
        final float text;
        final float image;
        final float[] guided;
        final HeldGuidance held;
        int firstEvaluation; // of the current stretch
        int[] pairs = {}; // the first one of each of its evaluations

        Run(TokenSampler.Request request, int firstRow, int tokenDim) {
            this.request = request;
            this.firstRow = firstRow;
            var way = request.sampler();
            this.calls = way.sampler().calls(way.grid());
            var guidance = way.guidance();
            this.text = guidance.schedule().at(guidance.textScale(), request.token(), request.total());
            this.image = guidance.schedule().at(guidance.imageScale(), request.token(), request.total());
            this.guided = new float[tokenDim];
            this.held = new HeldGuidance(guidance.every());
            var x = new float[tokenDim];
            request.draws().fill(0, x);
            this.state = new SamplerState(x);
        }

        int rows(int evaluation) {
            return held.rows(evaluation, request.guidanceRows());
        }

        int evaluation(int call) {
            return request.sampler().sampler().evaluation(call);
        }
    }

    TokenBatch(
            ThreadTeam team,
            FlowHead head,
            List<TokenSampler.Request> requests,
            float[] conditions,
            TokenSampler.CallObserver observer) {
        this.team = team;
        this.head = head;
        this.observer = observer;
        int row = 0;
        for (var request : requests) {
            if (request.sampler().head() != head) {
                throw new IllegalArgumentException("tokens of another model cannot be sampled together");
            }
            runs.add(new Run(request, row, head.tokenDim()));
            row += request.guidanceRows();
        }
        this.conditions = head.embedCondition(team, conditions, row);
        this.modulations = new FlowHead.Modulations(0, 0, List.of(), new float[0]);
    }

    float[] run() {
        int calls = runs.stream().mapToInt(run -> run.calls).max().orElse(0);
        for (int call = 0; call < calls; call++) {
            int now = call;
            call(now, runs.stream().filter(run -> run.calls > now).toList());
        }
        int dim = head.tokenDim();
        var tokens = new float[runs.size() * dim];
        for (int i = 0; i < runs.size(); i++) {
            System.arraycopy(runs.get(i).state.x(), 0, tokens, i * dim, dim);
        }
        if (head.precision() == Precision.REFERENCE_BF16) {
            Bf16.round(tokens);
        }
        return tokens;
    }

    private void call(int call, List<Run> running) {
        if (call >= end) {
            modulate(call, running);
        }
        int dim = head.tokenDim();
        int rows =
                running.stream().mapToInt(run -> run.rows(run.evaluation(call))).sum();
        var pairs = new int[rows];
        var states = new int[rows];
        var x = new float[running.size() * dim];
        int row = 0;
        for (int i = 0; i < running.size(); i++) {
            var run = running.get(i);
            System.arraycopy(run.state.asked(), 0, x, i * dim, dim);
            int evaluation = run.evaluation(call);
            int pair = run.pairs[evaluation - run.firstEvaluation];
            for (int r = 0; r < run.rows(evaluation); r++, row++) {
                pairs[row] = pair + r;
                states[row] = i;
            }
        }
        float[] velocities = head.velocity(team, modulations, pairs, states, x, null);
        var guided = new float[running.size() * dim];
        var all = new float
                [running.stream().mapToInt(run -> run.request.guidanceRows()).sum() * dim];
        int at = 0;
        int allAt = 0;
        for (int i = 0; i < running.size(); i++) {
            var run = running.get(i);
            int guidanceRows = run.request.guidanceRows();
            int end = at + run.rows(run.evaluation(call)) * dim;
            float[] own = run.held.complete(Arrays.copyOfRange(velocities, at, end), guidanceRows, dim);
            at = end;
            run.request.sampler().guidance().combine(own, 1, guidanceRows, run.text, run.image, run.guided);
            System.arraycopy(run.guided, 0, guided, i * dim, dim);
            System.arraycopy(own, 0, all, allAt, own.length);
            allAt += own.length;
        }
        observer.called(call, x, all, guided);
        for (var run : running) {
            var way = run.request.sampler();
            way.sampler().advance(way.grid(), call, run.state, run.guided, run.request.draws());
        }
    }

    // The modulations of as many calls as fit.
    private void modulate(int from, List<Run> running) {
        int rows = running.stream().mapToInt(run -> run.request.guidanceRows()).sum();
        long perCall = (long) rows * head.modulationFloats() * Float.BYTES;
        first = from;
        end = from + Math.clamp(MODULATION_BYTES / perCall, 1, Integer.MAX_VALUE / 2);
        int pairs = 0;
        for (var run : running) {
            run.firstEvaluation = run.evaluation(first);
            run.pairs = new int[evaluations(run)];
            for (int e = 0; e < run.pairs.length; e++) {
                run.pairs[e] = pairs;
                pairs += run.rows(run.firstEvaluation + e);
            }
        }
        var sums = new float[pairs * head.width()];
        for (var run : running) {
            float[] times = run.request.sampler().times();
            for (int e = 0; e < run.pairs.length; e++) {
                int evaluation = run.firstEvaluation + e;
                for (int r = 0; r < run.rows(evaluation); r++) {
                    head.addPair(times, evaluation, conditions, run.firstRow + r, sums, run.pairs[e] + r);
                }
            }
        }
        modulations = head.modulations(team, sums, pairs, 1);
    }

    // Those of the current stretch, up to its last call or the run's.
    private int evaluations(Run run) {
        return run.evaluation(Math.min(end, run.calls) - 1) - run.firstEvaluation + 1;
    }
}
