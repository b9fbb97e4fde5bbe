package dev.nextstep.lab;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.data.DataJson;
import dev.nextstep.torch.Compute;
import dev.nextstep.train.metrics.ConsoleProgress;
import dev.nextstep.train.metrics.JsonlLog;
import dev.nextstep.train.metrics.MetricSink;
import dev.nextstep.train.metrics.PlainDisplay;
import dev.nextstep.train.metrics.TensorBoardLog;
import dev.nextstep.train.plan.Devices;
import dev.nextstep.train.plan.Planner;
import dev.nextstep.train.recipe.RecipeReader;
import dev.nextstep.train.recipe.RunAssembly;
import dev.nextstep.train.recipe.TrainingRecipe;
import dev.nextstep.train.recipe.TransformerRecipe;
import dev.nextstep.train.report.RunReport;
import dev.nextstep.train.run.RunFolder;
import dev.nextstep.train.run.StopReason;
import dev.nextstep.train.run.StopRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep train}: a stage of training from its recipe. */
@Command(
        name = "train",
        description = {
            "Train an image tokenizer or a model as a recipe says.",
            "The run folder holds everything: recipe, checkpoints, metrics, samples, report, and at the end "
                    + "the model. Ctrl-C stops with a checkpoint; a run that was stopped or killed goes on with 'train "
                    + "resume RUN'."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {TrainCommand.Resume.class, TrainCommand.Report.class},
        footer = {
            "",
            "Examples:",
            "  ./nextstep train --recipe recipes/emoji/tokenizer.yaml --run runs/tokenizer",
            "  ./nextstep train --recipe recipes/emoji/stage1.yaml --run runs/stage1 --set stop.hours=2",
            "  ./nextstep train --recipe recipes/paper/stage1.yaml --dry-run --devices 384 --device-memory 80GB \\",
            "      --device-tflops 990",
            "  ./nextstep train resume runs/stage1",
            "  ./nextstep train report runs/stage1",
        })
public final class TrainCommand implements Callable<Integer> {
    private static final Duration LINES = Duration.ofSeconds(10);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--recipe", paramLabel = "FILE", description = "The recipe (recipes/README.md).")
    private @Nullable Path recipe;

    @Option(names = "--run", paramLabel = "DIR", description = "Folder of the new run; must not exist.")
    private @Nullable Path run;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Another value for a place of the recipe, such as stop.steps=500; may be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--threads", paramLabel = "N", description = "Threads that compute; all processors if not given.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--check", description = "Only read the recipe, open the data and make the weights; train nothing.")
    private boolean check;

    @Option(names = "--watch-memory", hidden = true, description = "Write memory.tsv: what the process has in memory.")
    private boolean watchMemory;

    @Mixin
    private final PlanOptions planning = new PlanOptions();

    @Override
    public Integer call() {
        if (recipe == null) {
            throw new ParameterException(spec.commandLine(), "--recipe is needed: which recipe?");
        }
        String text = RecipeReader.text(recipe, overrides);
        var parsed = RecipeReader.read(text, recipe.toString());
        if (planning.isWanted()) {
            return plan(parsed);
        }
        if (run == null) {
            throw new ParameterException(spec.commandLine(), "--run is needed: in which folder?");
        }
        var folder = RunFolder.create(run, parsed.kind(), RecipeReader.settled(text, recipe.toString()));
        try {
            return train(spec, folder, threads, check, watchMemory);
        } finally {
            removeIfNothingWasTrained(folder.root());
        }
    }

    private int plan(TrainingRecipe parsed) {
        checkThreads(spec, threads);
        int rows = parsed instanceof TransformerRecipe transformer
                ? transformer.lesson().rows()
                : 1;
        var report =
                new PlanReport(Planner.plan(parsed, devices(parsed.run().compute(), rows), planning.captionTokens()));
        var out = spec.commandLine().getOut();
        if (planning.asJson()) {
            out.print(DataJson.pretty(report.members()));
            out.flush();
        } else {
            report.print(out);
        }
        return ExitCode.OK.number();
    }

    private Devices devices(Compute compute, int rows) {
        try {
            return planning.devices(compute, rows, threads);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static void checkThreads(CommandSpec spec, int threads) {
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be at least 1, not " + threads);
        }
    }

    /** A mistake in the recipe or a missing data set leaves no folder behind that would be in the way of the next try. */
    private static void removeIfNothingWasTrained(Path root) {
        if (Files.exists(root.resolve("checkpoints"))) {
            return;
        }
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int train(CommandSpec spec, RunFolder folder, int threads, boolean check, boolean watchMemory) {
        checkThreads(spec, threads);
        torch.set_num_threads(threads);
        var out = spec.commandLine().getOut();
        try (var _ = folder.lock();
                var request = StopRequest.onTermination();
                var prepared = RunAssembly.prepare(folder, threads)) {
            out.printf(
                    "%s: %,d weights, %s, %d threads%n",
                    folder.root(),
                    prepared.task().weights(),
                    prepared.recipe().run().compute(),
                    threads);
            if (check) {
                return ExitCode.OK.number();
            }
            var reason = prepared.train(step -> sinks(spec, folder, step, watchMemory), request);
            out.printf("report: %s%n", RunReport.write(folder));
            if (reason == StopReason.REQUESTED) {
                out.printf("stopped; go on with: ./nextstep train resume %s%n", folder.root());
                return ExitCode.CANCELLED.number();
            }
            out.printf("done (%s); the result is in %s%n", reason, folder.model());
            return ExitCode.OK.number();
        }
    }

    private static MetricSink sinks(CommandSpec spec, RunFolder folder, long step, boolean watchMemory) {
        var err = spec.commandLine().getErr();
        var display = new PlainDisplay(
                line -> {
                    err.println(line);
                    err.flush();
                },
                LINES);
        var sinks = new ArrayList<MetricSink>(List.of(
                new ConsoleProgress(display),
                JsonlLog.open(folder.metrics(), step),
                TensorBoardLog.open(folder.tensorBoard(), step)));
        if (watchMemory) {
            sinks.add(new MemoryWatch(folder.root()));
        }
        return MetricSink.all(sinks);
    }

    /** {@code nextstep train resume}. */
    @Command(
            name = "resume",
            description = "Go on with a run that was stopped or killed, from its newest whole checkpoint.",
            mixinStandardHelpOptions = true)
    static final class Resume implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli fills it
        private CommandSpec spec;

        @Parameters(paramLabel = "RUN", description = "Folder of the run.")
        @SuppressWarnings("NullAway.Init") // picocli fills it
        private Path run;

        @Option(
                names = "--threads",
                paramLabel = "N",
                description = "Threads that compute; all processors if not given.")
        private int threads = Runtime.getRuntime().availableProcessors();

        @Override
        public Integer call() {
            return train(spec, RunFolder.open(run), threads, false, false);
        }
    }

    /** {@code nextstep train report}. */
    @Command(
            name = "report",
            description = "Write the report of a run: curves and samples in one HTML file.",
            mixinStandardHelpOptions = true)
    static final class Report implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli fills it
        private CommandSpec spec;

        @Parameters(paramLabel = "RUN", description = "Folder of the run.")
        @SuppressWarnings("NullAway.Init") // picocli fills it
        private Path run;

        @Override
        public Integer call() {
            spec.commandLine().getOut().println(RunReport.write(RunFolder.open(run)));
            return ExitCode.OK.number();
        }
    }
}
