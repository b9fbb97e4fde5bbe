package dev.nextstep.cli;

import dev.nextstep.DrawingOptions;
import dev.nextstep.DrawingSettings;
import dev.nextstep.FoundRecipe;
import dev.nextstep.GenerateRequest;
import dev.nextstep.Kept;
import dev.nextstep.NextStep;
import dev.nextstep.Recipe;
import dev.nextstep.image.PictureReader;
import dev.nextstep.prompt.Grid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nextstep generate}: pictures from words. */
@Command(
        name = "generate",
        description = "Draw pictures from words.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep generate \"a red heart\"",
            "  ./nextstep generate --seed 7 --guidance 5 --out panda.png \"a panda, noto style\"",
            "  ./nextstep generate -n 9 --grid sheet.png --out \"{prompt}-{index}.png\" \"a cat\"",
            "  ./nextstep generate --from panda.png --steps 50",
            "  ./nextstep generate --from panda.png --redraw-from 2 --seed 8",
            "  ./nextstep generate --from panda.png --keep-rows 4 --size 64x96",
            "  ./nextstep generate --pause-after 2 --snapshot cat.snapshot \"a cat\"",
        })
final class GenerateCommand extends DrawingCommand {

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..1",
            description = "What to draw; - reads it from standard input. Not needed with --from.")
    private @Nullable String prompt;

    @Option(
            names = "--keep-rows",
            paramLabel = "ROWS",
            description =
                    "Keep the upper rows of tokens (16 pixels each) of the picture of --from and draw what is below; "
                            + "with a --size of the same width and more height the picture is extended downwards.")
    private @Nullable Integer keepRows;

    private Optional<Kept> kept = Optional.empty();

    @Override
    String defaultName() {
        return "nextstep";
    }

    @Override
    Recipe.Task task() {
        return Recipe.Task.GENERATE;
    }

    @Override
    @Nullable
    String givenPrompt() {
        return prompt;
    }

    @Override
    DrawingSettings defaults(NextStep opened) {
        return opened.generateDefaults();
    }

    @Override
    List<Path> sourceFiles() {
        return List.of();
    }

    @Override
    boolean isKeptInPart() {
        return keepRows != null;
    }

    @Override
    void prepare(Optional<FoundRecipe> from) throws IOException {
        var picture = from();
        if (keepRows != null && picture == null) {
            throw new IllegalArgumentException("--keep-rows: of which picture? Name it with --from");
        }
        if (keepRows != null && picture != null) {
            kept = Optional.of(new Kept.Rows(new PictureReader().read(picture), keepRows));
        } else if (from.isPresent() && from.get() instanceof FoundRecipe.Complete(var recipe)) {
            GenerateRequest.from(recipe); // says so if it needs more than there is
        }
    }

    @Override
    DrawingOptions adjusted(DrawingOptions options) {
        if (kept.isEmpty() || options.width() != null) {
            return options;
        }
        var picture = kept.get().picture();
        var size = GenerateRequest.builder("")
                .options(options)
                .size(picture.width(), picture.height() / Grid.PIXELS * Grid.PIXELS)
                .build();
        return size.options();
    }

    @Override
    List<GenerateRequest> requests(String words, DrawingOptions options, List<Key> keys) {
        return keys.stream()
                .map(key -> new GenerateRequest(words, options, 1, key.index(), key.first(), key.rerolls(), kept))
                .toList();
    }
}
