package dev.nextstep.train.recipe;

import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.train.tokenizer.TokenizerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Training of an image tokenizer.
 *
 * @param run what every run needs to know
 * @param from folder of a tokenizer to start from; empty for fresh weights
 * @param shape of fresh weights; not used with {@code from}
 * @param settings crops, noise, loss
 * @param training pictures to learn from
 * @param validation pictures that are held out; may be empty
 */
public record TokenizerRecipe(
        RunSettings run,
        Optional<Path> from,
        VaeConfig shape,
        TokenizerSettings settings,
        List<DataEntry> training,
        List<DataEntry> validation)
        implements TrainingRecipe {
    /** The word under {@code kind}. */
    public static final String KIND = "tokenizer";

    /** Copies the lists. */
    public TokenizerRecipe {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
