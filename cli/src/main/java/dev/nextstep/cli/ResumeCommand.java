package dev.nextstep.cli;

import dev.nextstep.DrawingOptions;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.Recipe;
import dev.nextstep.Snapshot;
import dev.nextstep.cli.terminal.StandardStream;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.engine.Cancellation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep resume}: goes on with a drawing that was paused. */
@Command(
        name = "resume",
        description = {
            "Go on with a drawing that was paused.",
            "It becomes what it would have been: the same model gives the same pictures, byte for byte."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep resume cat.snapshot --out cat.png",
            "  ./nextstep resume cat.snapshot --keep-rows 1 --seed 8 --out other-cat.png",
            "  ./nextstep resume cat.snapshot --steps 10 --out quicker-cat.png",
        })
final class ResumeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A snapshot, as --snapshot writes it.")
    private Path source = Path.of("");

    @Option(
            names = "--keep-rows",
            paramLabel = "ROWS",
            description = "Keep only this many rows of tokens (16 pixels each) and draw the later ones again.")
    private @Nullable Integer keepRows;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Go on with random numbers of another seed: another end of the same beginning.")
    private @Nullable Long seed;

    @Mixin
    private final SamplingArguments sampling = new SamplingArguments();

    @Mixin
    private final SnapshotArguments snapshot = new SnapshotArguments();

    @Mixin
    private final OutputArguments output = new OutputArguments();

    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Mixin
    private final EngineArguments engine = new EngineArguments();

    @Override
    public Integer call() throws IOException {
        snapshot.check();
        output.writeOptions(Map.of()); // what is out of range is refused now
        var names = output.names("nextstep");
        var state = Snapshot.read(source);
        if (keepRows != null) {
            state = state.keepRows(keepRows);
        }
        if (seed != null) {
            state = state.withSeed(seed);
        }
        var recipe = state.recipes().getFirst();
        var asked = sampling.options(DrawingOptions.NONE, recipe.settings());
        if (!asked.equals(DrawingOptions.NONE)) {
            state = state.withOptions(asked);
            recipe = state.recipes().getFirst();
        }
        try (var opened =
                NextStep.open(model.directoryOf(recipe, source), engine.on(model.options(recipe.arithmetic())))) {
            if (!recipe.version().equals(NextStep.version())) {
                note("the snapshot is of version %s, this is %s: pictures may differ"
                        .formatted(recipe.version(), NextStep.version()));
            }
            plan(state, names, opened);
            return draw(opened, state, names);
        }
    }

    private void note(String text) {
        var err = spec.commandLine().getErr();
        err.println("nextstep: " + text);
        err.flush();
    }

    private void plan(Snapshot state, OutputNames names, NextStep opened) throws IOException {
        var fields = state.recipes().stream().map(r -> fields(r, opened)).toList();
        var settings = state.recipes().getFirst().settings();
        long bytes = fields.size() * (3L * settings.width() * settings.height() + 65_536);
        for (var folder : names.plan(fields)) {
            OutputFolder.require(folder, bytes);
        }
        var grid = output.grid();
        if (grid != null) {
            OutputFolder.require(
                    Optional.ofNullable(grid.toAbsolutePath().getParent()).orElse(grid), bytes);
        }
    }

    private static OutputNames.Fields fields(Recipe recipe, NextStep opened) {
        return new OutputNames.Fields(
                recipe.prompt(),
                recipe.lastSeed(),
                recipe.index(),
                opened.name(),
                recipe.settings().width(),
                recipe.settings().height());
    }

    private int draw(NextStep opened, Snapshot state, OutputNames names) throws IOException {
        var cancellation = new Cancellation();
        var terminal = TerminalInfo.detect();
        var preview = output.isPreviewed() ? DrawingView.Preview.ON : DrawingView.Preview.OFF;
        var err = spec.commandLine().getErr();
        if (output.isPreviewed() && !terminal.isTerminal(StandardStream.ERR)) {
            note("no preview: standard error is not a terminal");
        }
        try (var _ = Interruption.handledBy(cancellation::cancel, () -> note("ends before it has come to a stop"));
                var view = new DrawingView(state.recipes().size(), preview, terminal, TerminalOutput.of(err))) {
            view.beginGroup(state.recipes().size());
            long began = System.nanoTime();
            var begun = snapshot.submit(opened, state, cancellation);
            var pictures = snapshot.await(begun, view, spec.commandLine().getOut(), err);
            if (snapshot.isPausing()) {
                return ExitCode.OK.number();
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            view.endGroup(pictures.stream().map(Picture::pixels).toList());
            view.succeed();
            view.hideBar();
            write(pictures, names, seconds);
            return ExitCode.OK.number();
        } catch (CancellationException e) {
            note(
                    snapshot.isWritten()
                            ? "cancelled"
                            : "cancelled; the same command begins where %s stands".formatted(source));
            return ExitCode.CANCELLED.number();
        }
    }

    private void write(List<Picture> pictures, OutputNames names, double seconds) throws IOException {
        var results = new DrawingResults(spec.commandLine().getOut(), output, names);
        for (var picture : pictures) {
            results.write(picture, seconds);
        }
        var grid = output.grid();
        if (grid != null) {
            results.writeGrid(grid);
        }
    }
}
