package dev.nextstep.cli.bench;

import dev.nextstep.NextStep;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.DrawingJob;
import dev.nextstep.engine.SamplingSettings;
import dev.nextstep.engine.SeededNoise;
import dev.nextstep.flow.Guidance;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.GuidanceLayout;
import dev.nextstep.prompt.PromptBuilder;
import dev.nextstep.prompt.PromptRequest;
import dev.nextstep.prompt.PromptRows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;

/**
 * Draws pictures with the engine that ships and reads the clock through its observer: latency of transformer, LM head and
 * flow head for each token, and what that adds up to, as Table 9 of the paper has it.
 */
final class StageBenchmark {
    /** Passes that do not count, for the compiler and for the weights to be read. */
    private static final int WARM_UPS = 3;

    private final NextStep model;
    private final Workload workload;
    private final Effort effort;
    private final Cancellation cancellation;

    StageBenchmark(NextStep model, Workload workload, Effort effort, Cancellation cancellation) {
        this.model = model;
        this.workload = workload;
        this.effort = effort;
        this.cancellation = cancellation;
    }

    /** How often it says that something is done. */
    static int steps(Effort effort) {
        return effort.rounds() + 1 + effort.lengths().size();
    }

    StagesReport run(Steps steps) {
        var lengths = lengths();
        int longest = lengths.isEmpty() ? effort.lengths().getFirst() : lengths.getLast();
        warmUp();
        var clocks = new ArrayList<StageClock>();
        var budget = new Budget(effort.budget());
        for (int round = 0; round < effort.rounds(); round++) {
            if (clocks.isEmpty() || !budget.spent()) {
                var clock = draw(longest, clocks.isEmpty() ? budget : new Budget(effort.budget()));
                clocks.add(clock);
            }
            steps.done();
        }
        var prompt = rows(longest);
        var hidden = RandomMatrices.inputs(model.parts().backend().hiddenSize());
        var languageHead = new Stopwatch(effort, cancellation)
                .seconds(() -> model.parts().backend().logits(hidden, 1));
        steps.done();
        return new StagesReport(
                prompt.layout().rowsPerPicture(),
                workload.steps(),
                prompt.length(),
                over(clocks, StageClock::prompt),
                languageHead,
                lengths.stream().map(tokens -> result(clocks, tokens)).toList(),
                new DecodeBenchmark(model, effort, cancellation).run(steps));
    }

    private static StageResult result(List<StageClock> clocks, int tokens) {
        int drawn = clocks.stream().mapToInt(StageClock::drawn).min().orElse(0);
        return new StageResult(
                tokens,
                Math.min(tokens, drawn),
                over(clocks, c -> c.transformer(tokens)),
                over(clocks, c -> c.flowHead(tokens)),
                over(clocks, c -> c.transformer(tokens) + c.flowHead(tokens)));
    }

    private static Quartiles over(List<StageClock> clocks, ToDoubleFunction<StageClock> seconds) {
        return Quartiles.of(clocks.stream().mapToDouble(seconds).boxed().toList());
    }

    // Those that fit behind the prompt into the positions that the model was made for.
    private List<Integer> lengths() {
        int most = model.parts().config().maxPositions();
        return effort.lengths().stream()
                .filter(tokens -> rows(tokens).length() + tokens <= most && hasGrid(tokens))
                .toList();
    }

    private boolean hasGrid(int tokens) {
        int side = side(tokens) * model.parts().pixelsPerToken();
        try {
            model.requireSize(side, side);
            return true;
        } catch (IllegalArgumentException tooLarge) {
            return false;
        }
    }

    static int side(int tokens) {
        return (int) Math.round(Math.sqrt(tokens));
    }

    private PromptRows rows(int tokens) {
        var settings = workload.settings();
        var request = PromptRequest.of(List.of(workload.nextPrompt()), new Grid(side(tokens), side(tokens)))
                .withPositive(settings.positivePrompt())
                .withNegative(settings.negativePrompt())
                .withGuidance(GuidanceLayout.of(settings.guidanceScale(), settings.imageGuidanceScale(), 0));
        return new PromptBuilder(model.parts().tokenizer(), model.parts().special()).build(request);
    }

    private void warmUp() {
        int passes = effort == Effort.QUICK ? 1 : WARM_UPS;
        var budget = new Budget(effort.budget().dividedBy(4));
        for (int i = 0; i < passes && !budget.spent(); i++) {
            var _ = draw(effort.lengths().getFirst(), budget);
        }
    }

    private StageClock draw(int tokens, Budget budget) {
        var settings = workload.settings();
        var sampling = new SamplingSettings(
                settings.sampler(),
                workload.steps(),
                settings.timestepShift(),
                new Guidance(
                        settings.guidanceScale(),
                        settings.imageGuidanceScale(),
                        settings.guidanceSchedule(),
                        settings.normLimit(),
                        settings.guidanceEvery()),
                settings.tokenNormalization());
        var job = new DrawingJob(rows(tokens), List.of(), sampling, new SeededNoise(1));
        var own = new Cancellation();
        var clock = new StageClock(tokens, budget, cancellation, own);
        cancellation.check();
        try {
            model.parts().engine().submit(job, clock, own).await();
        } catch (CancellationException e) {
            cancellation.check(); // else its time was over, and what was drawn counts
        }
        return clock;
    }
}
