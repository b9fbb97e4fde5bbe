package dev.nextstep.cli;

import dev.nextstep.DrawingListener;
import dev.nextstep.DrawingOptions;
import dev.nextstep.DrawingSettings;
import dev.nextstep.FoundRecipe;
import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.Recipe;
import dev.nextstep.engine.Cancellation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
        })
final class GenerateCommand extends DrawingCommand {

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..1",
            description = "What to draw; - reads it from standard input. Not needed with --from.")
    private @Nullable String prompt;

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
    void prepare(Optional<FoundRecipe> from) {
        // Words are all there is.
    }

    @Override
    List<Picture> draw(
            NextStep opened,
            String words,
            DrawingOptions options,
            List<Key> keys,
            DrawingListener listener,
            Cancellation cancellation) {
        var requests = keys.stream()
                .map(key -> new GenerateRequest(words, options, 1, key.index(), key.seed()))
                .toList();
        return opened.generateTogether(requests, listener, cancellation);
    }
}
