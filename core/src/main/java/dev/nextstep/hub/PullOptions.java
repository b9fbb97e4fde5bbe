package dev.nextstep.hub;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Which files to fetch, and when to stop.
 *
 * <p>Patterns are matched against whole paths such as {@code vae/checkpoint.pt}: {@code *} is any text within one
 * directory, {@code **} any text, {@code ?} one character.
 *
 * @param include a file must match one of these
 * @param exclude a file must match none of these
 * @param cancelled asked many times a second, from several threads; once it says true the pull ends with a
 *     {@link java.util.concurrent.CancellationException} and can be resumed by pulling again
 */
public record PullOptions(List<String> include, List<String> exclude, BooleanSupplier cancelled) {
    /** What a NextStep directory needs: configuration, tokenizer, weights, image tokenizer. No program code. */
    public static final List<String> MODEL_FILES = List.of(
            "config.json",
            "generation_config.json",
            "tokenizer*.json",
            "vocab.json",
            "merges.txt",
            "added_tokens.json",
            "special_tokens_map.json",
            "*.safetensors",
            "*.safetensors.index.json",
            "model.gguf",
            "vae/*");

    /** Never fetched unless asked for by patterns of the caller's own. */
    public static final List<String> PROGRAM_FILES = List.of("**.py", "**.pyc", "**.ipynb", "**.sh");

    /**
     * Copies the lists and checks the patterns.
     *
     * @throws IllegalArgumentException if nothing is included or a pattern is empty
     */
    public PullOptions {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        if (include.isEmpty()) {
            throw new IllegalArgumentException("no file pattern is included: give at least one, '**' for all files");
        }
        include.forEach(FilePattern::new);
        exclude.forEach(FilePattern::new);
    }

    /** The files of a model; never cancelled. */
    public static PullOptions modelFiles() {
        return new PullOptions(MODEL_FILES, PROGRAM_FILES, () -> false);
    }

    /** The same with other patterns. */
    public PullOptions withFiles(List<String> included, List<String> excluded) {
        return new PullOptions(included, excluded, cancelled);
    }

    /** The same, to be stopped by that switch. */
    public PullOptions withCancellation(BooleanSupplier other) {
        return new PullOptions(include, exclude, other);
    }

    /** Whether the patterns select a path. */
    boolean selects(String path) {
        return include.stream().anyMatch(glob -> new FilePattern(glob).matches(path))
                && exclude.stream().noneMatch(glob -> new FilePattern(glob).matches(path));
    }
}
