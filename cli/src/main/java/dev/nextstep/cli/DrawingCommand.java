package dev.nextstep.cli;

import dev.nextstep.Arithmetic;
import dev.nextstep.DrawingOptions;
import dev.nextstep.DrawingRequest;
import dev.nextstep.DrawingSettings;
import dev.nextstep.FoundRecipe;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.Recipe;
import dev.nextstep.RecipeException;
import dev.nextstep.Reroll;
import dev.nextstep.cli.terminal.StandardStream;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.MemoryException;
import dev.nextstep.image.PictureException;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureTexts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What drawing from words and drawing from pictures have in common, from the command line to the files. */
abstract class DrawingCommand implements Callable<Integer> {
    /** More pictures than these at a time save no time, and a cancelled group is lost. */
    private static final int LARGEST_GROUP = 64;

    /**
     * Random numbers of a picture.
     *
     * @param seed its seed, in messages and names
     * @param index its index
     * @param first the seed of its first token, the same as a rule
     * @param rerolls those of later tokens
     */
    record Key(long seed, int index, long first, List<Reroll> rerolls) {
        Key(long seed, int index) {
            this(seed, index, seed, List.of());
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private final DrawingArguments drawing = new DrawingArguments();

    @Mixin
    private final SnapshotArguments snapshot = new SnapshotArguments();

    @Mixin
    private final OutputArguments output = new OutputArguments();

    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Mixin
    private final EngineArguments engine = new EngineArguments();

    @Option(
            names = "--hash-weights",
            description = "Read all weights of a large model once, minutes, so that recipes name them. "
                    + "It is remembered; small models need no such thing.")
    private boolean hashWeights;

    private String promptText = "";
    private int written;

    /** What pictures of this command are called by default. */
    abstract String defaultName();

    /** Which task it is. */
    abstract Recipe.Task task();

    /** The words on the command line; null if there are none. */
    abstract @Nullable String givenPrompt();

    /** The model's settings for this task. */
    abstract DrawingSettings defaults(NextStep opened);

    /** Files that are read and must not be replaced. */
    abstract List<Path> sourceFiles();

    /** Reads what else there is to read, and says how it differs from the recipe. */
    abstract void prepare(Optional<FoundRecipe> from) throws IOException;

    /** The request of each picture. */
    abstract List<? extends DrawingRequest> requests(String prompt, DrawingOptions options, List<Key> keys);

    /** What is asked for, with what the command itself adds to it. */
    DrawingOptions adjusted(DrawingOptions options) {
        return options;
    }

    /** Whether the picture of --from is kept in part: then it needs no recipe, and its seed would draw the same again. */
    boolean isKeptInPart() {
        return false;
    }

    /** The picture to draw from. */
    @Nullable
    Path from() {
        return drawing.from();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final void note(String text) {
        err().println("nextstep: " + text);
        err().flush();
    }

    @Override
    public Integer call() throws IOException {
        var from = found();
        promptText = prompt(from);
        snapshot.check();
        prepare(from);
        var names = output.names(defaultName());
        output.writeOptions(Map.of()); // what is out of range is refused now
        var recipe = recipe(from);
        if (drawing.redrawnRow().isPresent() && recipe.isEmpty()) {
            throw new IllegalArgumentException(
                    "--redraw-from: of which picture? Name one of this program with --from, that carries its recipe");
        }
        var options = model.options(recipe.map(Recipe::arithmetic).orElse(Arithmetic.DEFAULT));
        try (var opened = NextStep.open(directory(recipe), engine.on(options))) {
            if (hashWeights) {
                opened.weightsHash();
            }
            recipe.ifPresent(r -> compare(r, opened));
            return run(opened, names, from);
        }
    }

    private static Optional<Recipe> recipe(Optional<FoundRecipe> from) {
        return from.flatMap(f -> f instanceof FoundRecipe.Complete c ? Optional.of(c.recipe()) : Optional.empty());
    }

    private Optional<FoundRecipe> found() {
        var file = drawing.from();
        if (file == null) {
            return Optional.empty();
        }
        try {
            var carried = FoundRecipe.in(PictureTexts.read(file));
            if (carried.isEmpty() && isKeptInPart()) {
                return carried;
            }
            var found = carried.orElseThrow(
                    () -> new RecipeException("it carries no recipe and no settings of another program"));
            switch (found) {
                case FoundRecipe.Complete complete ->
                    requireTask(complete.recipe().task());
                case FoundRecipe.Partial partial ->
                    note("%s has no exact recipe, only settings of %s: taking what means something here"
                            .formatted(file, partial.tool().isEmpty() ? "another program" : partial.tool()));
            }
            return Optional.of(found);
        } catch (RecipeException e) {
            throw new RecipeException(file + ": " + e.getMessage(), e);
        }
    }

    private void requireTask(Recipe.Task made) {
        if (made == Recipe.Task.CHAT) {
            note("the picture was drawn in a conversation, which its recipe does not hold: this one will differ");
        } else if (made != task()) {
            throw new IllegalArgumentException(
                    "%s was made by %s; use nextstep %s --from".formatted(drawing.from(), made.id(), made.id()));
        }
    }

    private String prompt(Optional<FoundRecipe> from) throws IOException {
        var given = givenPrompt();
        if (given != null) {
            return StandardInput.orGiven(given);
        }
        return from.map(f -> switch (f) {
                    case FoundRecipe.Complete complete -> complete.recipe().prompt();
                    case FoundRecipe.Partial partial -> partial.prompt();
                })
                .orElseThrow(() -> new IllegalArgumentException(
                        "what to draw? Give the words, - for standard input, or --from a picture"));
    }

    private Path directory(Optional<Recipe> recipe) {
        var file = drawing.from();
        return recipe.isEmpty() || file == null ? model.directory() : model.directoryOf(recipe.get(), file);
    }

    /** Says what keeps the picture from being the same. */
    private void compare(Recipe recipe, NextStep opened) {
        if (!recipe.version().equals(NextStep.version())) {
            note("the picture was drawn by version %s, this is %s: it may differ"
                    .formatted(recipe.version(), NextStep.version()));
        }
        var then = recipe.model().weightsHash();
        var now = opened.identity().weightsHash();
        var engineThen = recipe.arithmetic().engine();
        var engineNow = opened.arithmetic().engine();
        if (!engineThen.equals(engineNow)) {
            note("the picture was drawn by engine %s, this is %s: it will differ a little"
                    .formatted(engineThen, engineNow));
        }
        boolean known = then.isPresent() && now.isPresent();
        if (known && !then.equals(now)) {
            note("the picture was drawn by model %s with weights %.10s, these are %s with %.10s: it will differ"
                    .formatted(recipe.model().id(), then.get(), opened.name(), now.get()));
        } else if (!known && !recipe.model().id().equals(opened.name())) {
            note("the picture was drawn by model %s, this is %s"
                    .formatted(recipe.model().id(), opened.name()));
        }
    }

    private int run(NextStep opened, OutputNames names, Optional<FoundRecipe> from) throws IOException {
        var base = from.map(f -> switch (f) {
                    case FoundRecipe.Complete complete ->
                        DrawingOptions.of(complete.recipe().settings());
                    case FoundRecipe.Partial partial -> partial.options();
                })
                .orElse(DrawingOptions.NONE);
        var defaults = defaults(opened);
        var asked = adjusted(drawing.options(withPreset(base, defaults), defaults, opened));
        var options = drawing.redrawnRow().isPresent() ? base : asked;
        var settings = options.resolve(defaults); // what is out of range is refused now
        if (options.width() != null || options.height() != null) {
            opened.requireSize(settings.width(), settings.height());
        }
        if (drawing.hasAspect()) {
            note("size %d x %d".formatted(settings.width(), settings.height()));
        }
        var keys = drawing.redrawnRow().isPresent()
                ? redrawn(recipe(from), asked.resolve(defaults), opened)
                : keys(from, options.equals(base));
        var fields = keys.stream()
                .map(key -> new OutputNames.Fields(
                        promptText,
                        key.rerolls().isEmpty()
                                ? key.seed()
                                : key.rerolls().getLast().seed(),
                        key.index(),
                        opened.name(),
                        settings.width(),
                        settings.height()))
                .toList();
        long bytes = keys.size() * (3L * settings.width() * settings.height() + 65_536);
        for (var folder : names.plan(fields)) {
            OutputFolder.require(folder, bytes);
        }
        var grid = output.grid();
        if (grid != null) {
            PictureFormat.ofFileName(grid);
            OutputFolder.require(
                    Optional.ofNullable(grid.toAbsolutePath().getParent()).orElse(grid), bytes);
        }
        protectSources(names, fields);
        return drawAll(opened, names, options, keys);
    }

    /** With the values of the preset that was asked for in place of a recipe's. */
    private DrawingOptions withPreset(DrawingOptions base, DrawingSettings defaults) {
        var name = output.preset();
        if (name.isEmpty()) {
            return base;
        }
        if (task() != Recipe.Task.GENERATE) {
            throw new IllegalArgumentException(
                    "--quality %s: presets are for generate; give --steps and --guidance".formatted(name.get()));
        }
        var preset = QualityPresets.here().on(name.get(), defaults);
        note(preset.explanation());
        return preset.over(base);
    }

    private void protectSources(OutputNames names, List<OutputNames.Fields> fields) {
        var read = new ArrayList<>(sourceFiles());
        Optional.ofNullable(drawing.from()).ifPresent(read::add);
        for (var file : read) {
            if (!output.isForced() && names.replaces(file, fields)) {
                throw new IllegalArgumentException(
                        "--out %s would replace the picture that is read; choose another name or add --force"
                                .formatted(file));
            }
        }
    }

    /** Random numbers of the pictures; settings that begin later in the recipe count if nothing else was asked for. */
    private List<Key> keys(Optional<FoundRecipe> from, boolean isAsInRecipe) {
        boolean isAgain = drawing.isSeedOpen() && !isKeptInPart();
        var seed = from.filter(f -> isAgain)
                .map(f -> switch (f) {
                    case FoundRecipe.Complete complete ->
                        OptionalLong.of(complete.recipe().seed());
                    case FoundRecipe.Partial partial -> partial.seed();
                })
                .orElse(OptionalLong.empty());
        int index = from.filter(f -> isAgain)
                .map(f -> switch (f) {
                    case FoundRecipe.Complete complete -> complete.recipe().index();
                    case FoundRecipe.Partial partial -> partial.index();
                })
                .orElse(0);
        int first = drawing.firstIndex(index);
        var rerolls = recipe(from).filter(r -> isAgain).map(Recipe::rerolls).orElse(List.of()).stream()
                .map(r -> isAsInRecipe ? r : new Reroll(r.token(), r.seed()))
                .toList();
        var keys = new ArrayList<Key>();
        for (long each : drawing.seeds(seed)) {
            for (int i = 0; i < drawing.count(); i++) {
                keys.add(new Key(each, first + i, each, rerolls));
            }
        }
        return keys;
    }

    /** The picture of a recipe whose upper rows are drawn again and whose lower ones anew, once for each seed. */
    private List<Key> redrawn(Optional<Recipe> from, DrawingSettings asked, NextStep opened) {
        var recipe = from.orElseThrow();
        int side = opened.parts().pixelsPerToken();
        int rows = recipe.settings().height() / side;
        int row = drawing.redrawnRow().orElseThrow();
        if (row < 1 || row >= rows) {
            throw new IllegalArgumentException(
                    "--redraw-from must be between 1 and %d, the rows of tokens that are above the last one, not %d"
                            .formatted(rows - 1, row));
        }
        if (!promptText.equals(recipe.prompt()) || isKeptInPart()) {
            throw new IllegalArgumentException(
                    "--redraw-from goes on with the picture of its recipe: leave out the words and --keep-rows");
        }
        if (drawing.count() != 1 || drawing.hasIndex()) {
            throw new IllegalArgumentException(
                    "--redraw-from goes on with one picture; for several ends of it give --seeds, not -n or --index");
        }
        int token = row * (recipe.settings().width() / side);
        var keys = new ArrayList<Key>();
        for (long seed : drawing.seeds(OptionalLong.empty())) {
            var rerolls = new ArrayList<>(
                    recipe.rerolls().stream().filter(r -> r.token() < token).toList());
            rerolls.add(
                    new Reroll(token, seed, asked.equals(recipe.settings()) ? Optional.empty() : Optional.of(asked)));
            keys.add(new Key(seed, recipe.index(), recipe.seed(), rerolls));
        }
        return keys;
    }

    private int drawAll(NextStep opened, OutputNames names, DrawingOptions options, List<Key> keys) throws IOException {
        var cancellation = new Cancellation();
        // Files are whole and all is said before this is closed, and with it the JVM.
        try (var _ = Interruption.handledBy(cancellation::cancel, () -> note("ends before it has come to a stop"))) {
            try {
                drawGroups(opened, names, options, keys, cancellation);
                return ExitCode.OK.number();
            } catch (CancellationException e) {
                note("cancelled" + (snapshot.isWritten() ? "" : again(keys)));
                return ExitCode.CANCELLED.number();
            }
        }
    }

    /** What is written, and the command that draws the rest. */
    private String again(List<Key> keys) {
        boolean isInput = StandardInput.MARK.equals(givenPrompt());
        var command = new DrawAgain(
                spec.root().commandLine().getParseResult().originalArgs(), spec.name(), isInput ? promptText : "");
        if (written == 0) {
            boolean isRandom = drawing.isSeedOpen() && drawing.isSeedRandom(isKeptInPart());
            var seed = List.of("--seed", String.valueOf(keys.getFirst().seed()));
            return "; to draw it: " + command.all(isRandom ? seed : List.of());
        }
        return ", %d of %d pictures are written; to draw the rest%s: %s"
                .formatted(
                        written,
                        keys.size(),
                        output.grid() == null ? "" : ", without a sheet of all",
                        command.only(keys.subList(written, keys.size())));
    }

    private void drawGroups(
            NextStep opened, OutputNames names, DrawingOptions options, List<Key> keys, Cancellation cancellation)
            throws IOException {
        var results = new DrawingResults(spec.commandLine().getOut(), output, names);
        var terminal = TerminalInfo.detect();
        var preview = output.isPreviewed() ? DrawingView.Preview.ON : DrawingView.Preview.OFF;
        if (output.isPreviewed() && !terminal.isTerminal(StandardStream.ERR)) {
            note("no preview: standard error is not a terminal");
        }
        try (var view = new DrawingView(keys.size(), preview, terminal, TerminalOutput.of(err()))) {
            // What is kept when it is interrupted is not lost.
            int size = snapshot.isKeeping() ? keys.size() : Math.min(keys.size(), LARGEST_GROUP);
            int at = 0;
            while (at < keys.size()) {
                var group = keys.subList(at, Math.min(at + size, keys.size()));
                view.beginGroup(group.size());
                long began = System.nanoTime();
                List<Picture> pictures;
                try {
                    var begun = snapshot.submit(opened, requests(promptText, options, group), cancellation);
                    pictures = snapshot.await(begun, view, out(), err());
                } catch (MemoryException e) {
                    if (group.size() == 1 || snapshot.isKeeping()) {
                        throw e;
                    }
                    size = Math.ceilDiv(group.size(), 2); // it fails before anything is computed
                    continue;
                }
                if (snapshot.isPausing()) {
                    return;
                }
                double seconds = (System.nanoTime() - began) / 1e9;
                view.endGroup(pictures.stream().map(Picture::pixels).toList());
                at += group.size();
                if (at == keys.size()) {
                    view.succeed();
                }
                view.hideBar();
                for (var picture : pictures) {
                    write(results, picture, seconds);
                }
                view.redraw();
            }
            var grid = output.grid();
            if (grid != null) {
                results.writeGrid(grid);
            }
        }
    }

    private void write(DrawingResults results, Picture picture, double seconds) throws IOException {
        try {
            results.write(picture, seconds);
            written++;
        } catch (PictureException e) {
            if (e.getCause() instanceof IOException cause) { // such as a full disk: not a matter of bad input
                throw new IOException(
                        "%s (seed %d)"
                                .formatted(e.getMessage(), picture.recipe().seed()),
                        cause);
            }
            throw e;
        }
    }
}
