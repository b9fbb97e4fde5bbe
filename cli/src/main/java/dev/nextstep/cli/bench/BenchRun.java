package dev.nextstep.cli.bench;

import dev.nextstep.NextStep;
import dev.nextstep.OpenOptions;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.kernel.ThreadTeam;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A run of the measurements. The model comes first, since matrices of the kernels would count in its peak memory.
 *
 * @param model its folder
 * @param options how to open it
 * @param sections what to measure, at least one
 * @param effort how much
 */
public record BenchRun(Path model, OpenOptions options, Set<Section> sections, Effort effort) {
    /** Memory and multiply-adds. */
    private static final int LIMIT_STEPS = 1;

    public BenchRun {
        sections = Set.copyOf(sections);
        if (sections.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to measure");
        }
    }

    /** How often {@link #run} will say that something is done. */
    public int steps() {
        return sections.stream()
                .mapToInt(section -> switch (section) {
                    case KERNELS -> KernelBenchmark.STEPS + LIMIT_STEPS;
                    case STAGES -> StageBenchmark.steps(effort);
                    case BATCHES -> BatchBenchmark.steps(effort);
                })
                .sum();
    }

    /**
     * Measures.
     *
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public BenchReport run(Cancellation cancellation, Steps steps) {
        var at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        double loadAtStart = MachineFacts.load();
        try (var opened = NextStep.open(model, options)) {
            var workload = new Workload(opened, effort);
            long weights = BatchBenchmark.weightsBytes(opened);
            List<BatchResult> batches = sections.contains(Section.BATCHES)
                    ? new BatchBenchmark(opened, workload, effort, cancellation).run(weights, steps)
                    : List.of();
            Optional<StagesReport> stages = sections.contains(Section.STAGES)
                    ? Optional.of(new StageBenchmark(opened, workload, effort, cancellation).run(steps))
                    : Optional.empty();
            var peak = batches.isEmpty() && stages.isEmpty() ? OptionalLong.empty() : ResidentMemory.peak();
            Optional<MachineLimits> limits = Optional.empty();
            List<KernelResult> kernels = List.of();
            if (sections.contains(Section.KERNELS)) {
                try (var team = ThreadTeam.of(options.threads())) {
                    limits = Optional.of(MachineLimits.measure(team, effort, cancellation));
                    steps.done();
                    kernels = KernelBenchmark.run(team, effort, cancellation, steps);
                }
            }
            return new BenchReport(
                    at,
                    NextStep.version(),
                    MachineFacts.read(),
                    options.threads(),
                    loadAtStart,
                    MachineFacts.load(),
                    effort,
                    ModelFacts.of(opened, workload),
                    limits,
                    kernels,
                    stages,
                    batches,
                    peak);
        }
    }
}
