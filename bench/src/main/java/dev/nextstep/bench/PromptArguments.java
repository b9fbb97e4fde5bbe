package dev.nextstep.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which prompts pictures are drawn of, for benchmarks that compare pictures. */
final class PromptArguments {
    @Option(
            names = "--prompts",
            paramLabel = "FILE",
            description = "Prompts, one a line; 32 built-in ones if not given.")
    private @Nullable Path prompts;

    @Option(
            names = "--emoji-set",
            paramLabel = "DIR",
            description =
                    "The rendered emoji set; with --cases, prompts are taken from there instead, and it is counted how "
                            + "often the nearest real picture shows the prompted glyph.")
    private @Nullable Path emojiSet;

    @Option(names = "--cases", paramLabel = "FILE", description = "Cases of that set, whose seen ones are drawn.")
    private @Nullable Path cases;

    @Option(names = "--count", paramLabel = "N", description = "How many cases (default: ${DEFAULT-VALUE}).")
    private int count = 100;

    PromptArguments() {}

    /**
     * What is drawn.
     *
     * @param captions prompts
     * @param recall what the pictures should show, if that is known
     */
    record Prompts(List<String> captions, Optional<Recall> recall) {}

    Prompts read() throws IOException {
        if (emojiSet != null && cases != null) {
            var recall = Recall.read(emojiSet, cases, count);
            return new Prompts(recall.captions(), Optional.of(recall));
        }
        if (emojiSet != null || cases != null) {
            throw new IllegalArgumentException("--emoji-set and --cases need each other");
        }
        if (prompts != null) {
            return new Prompts(lines(Files.readString(prompts, StandardCharsets.UTF_8)), Optional.empty());
        }
        try (var in = Objects.requireNonNull(PromptArguments.class.getResourceAsStream("prompts.txt"))) {
            return new Prompts(lines(new String(in.readAllBytes(), StandardCharsets.UTF_8)), Optional.empty());
        }
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
