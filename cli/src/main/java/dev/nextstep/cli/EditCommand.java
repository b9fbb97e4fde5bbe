package dev.nextstep.cli;

import dev.nextstep.DrawingOptions;
import dev.nextstep.DrawingSettings;
import dev.nextstep.EditRequest;
import dev.nextstep.FoundRecipe;
import dev.nextstep.Kept;
import dev.nextstep.NextStep;
import dev.nextstep.Recipe;
import dev.nextstep.SourcePicture;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.Pixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nextstep edit}: pictures from others and an instruction. */
@Command(
        name = "edit",
        description = "Draw pictures from other pictures and an instruction.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep edit -i heart.png --out blue.png \"make it blue\"",
            "  ./nextstep edit -i heart.png -i star.png \"put <image> beside <image>\"",
            "  ./nextstep edit --from blue.png -i heart.png",
            "  ./nextstep edit -i heart.png --mask eyes.png \"give it eyes\"",
        })
final class EditCommand extends DrawingCommand {

    @Parameters(
            paramLabel = "INSTRUCTION",
            arity = "0..1",
            description = "What to do; <image> marks where a source stands, - reads it from standard input. "
                    + "Not needed with --from.")
    private @Nullable String instruction;

    @Option(
            names = {"-i", "--image"},
            paramLabel = "FILE",
            description = "A source picture: PNG, JPEG, WebP, GIF or BMP. May be given several times.")
    private List<Path> sources = List.of();

    @Option(
            names = "--mask",
            paramLabel = "FILE",
            description =
                    "A picture of the size of the first source: what is light there is drawn anew, the rest is kept. "
                            + "What is drawn goes on what lies above and to the left of it only.")
    private @Nullable Path mask;

    private List<Pixels> pixels = List.of();
    private Optional<Kept> kept = Optional.empty();

    @Override
    String defaultName() {
        return "edited";
    }

    @Override
    Recipe.Task task() {
        return Recipe.Task.EDIT;
    }

    @Override
    @Nullable
    String givenPrompt() {
        return instruction;
    }

    @Override
    DrawingSettings defaults(NextStep opened) {
        return opened.editDefaults();
    }

    @Override
    List<Path> sourceFiles() {
        var all = new ArrayList<>(sources);
        Optional.ofNullable(mask).ifPresent(all::add);
        return all;
    }

    @Override
    void prepare(Optional<FoundRecipe> from) {
        var expected = from.map(
                        f -> f instanceof FoundRecipe.Complete c ? c.recipe().sources() : List.<SourcePicture>of())
                .orElse(List.of());
        if (sources.isEmpty()) {
            throw new IllegalArgumentException(
                    expected.isEmpty()
                            ? "which picture to edit? Name it with -i"
                            : "the recipe names its sources but does not hold them; give with -i: "
                                    + expected.stream().map(EditCommand::name).collect(Collectors.joining(", ")));
        }
        var reader = new PictureReader();
        pixels = sources.stream().map(reader::read).toList();
        if (!expected.isEmpty()) {
            compare(expected);
        }
        if (mask != null) {
            kept = Optional.of(new Kept.Unmarked(pixels.getFirst(), reader.read(mask)));
        }
        from.ifPresent(f -> {
            if (f instanceof FoundRecipe.Complete(var recipe)) {
                compareKept(recipe.kept());
            }
        });
    }

    private void compareKept(Optional<Kept.Part> expected) {
        var given = kept.map(Kept::part);
        if (expected.isPresent() && given.isEmpty()) {
            throw new IllegalArgumentException(
                    "only a part of the picture was drawn anew, which the recipe does not hold; give the mask with --mask");
        }
        if (expected.isPresent() && !expected.equals(given)) {
            note("the mask is not that of the picture: it will differ");
        }
    }

    private void compare(List<SourcePicture> expected) {
        if (expected.size() != pixels.size()) {
            note("the picture was made from %d sources, these are %d: it will differ"
                    .formatted(expected.size(), pixels.size()));
            return;
        }
        for (int i = 0; i < pixels.size(); i++) {
            var given = SourcePicture.of(pixels.get(i));
            if (!given.equals(expected.get(i))) {
                note("%s is not source %d of the picture, which was %s, but %s: it will differ"
                        .formatted(sources.get(i), i + 1, name(expected.get(i)), name(given)));
            }
        }
    }

    private static String name(SourcePicture source) {
        return "%d x %d pixels with SHA-256 %s…"
                .formatted(source.width(), source.height(), source.sha256().substring(0, 12));
    }

    @Override
    List<EditRequest> requests(String words, DrawingOptions options, List<Key> keys) {
        return keys.stream()
                .map(key -> new EditRequest(words, pixels, options, 1, key.index(), key.first(), key.rerolls(), kept))
                .toList();
    }
}
